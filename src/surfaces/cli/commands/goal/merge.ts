import { durationMs } from '../../../../app/config.ts';
import { type Merging, mergeGoal } from '../../../../app/use/merge.ts';
import {
  MERGE_METHODS,
  MERGE_POLICIES,
  type MergeMethod,
  type MergePolicy,
} from '../../../../domain/delivery/delivery.ts';
import { OmkError } from '../../../../domain/error.ts';
import { cleanLine } from '../../../../domain/text/clean.ts';
import { stateOf } from '../../../../app/goal-state.ts';
import { withGoalWorld } from '../../../../app/goal-world.ts';
import { printJson, type Output } from '../../output/print.ts';

export interface MergeFlags {
  readonly mergePolicy?: string;
  readonly method?: string;
  readonly wait?: string;
  readonly remote?: string;
}

export const merge = (name: string, flags: MergeFlags, output: Output): Promise<number> =>
  withGoalWorld(name, async (world, goal) => {
    const recorded = (await stateOf(world, goal)).created?.options.delivery?.merge;
    const options = {
      remote: flags.remote ?? null,
      policy: flags.mergePolicy === undefined ? (recorded ?? 'gated') : policyFrom(flags.mergePolicy),
      method: methodFrom(flags.method),
      waitMs: waitFrom(flags.wait),
    };
    const merging = await mergeGoal(world, goal, options, new AbortController().signal, (notice) => {
      if (notice.kind === 'step' && !output.json) output.err(notice.text);
    });
    if (output.json)
      printJson(output, { goal, ...merging, asProven: merging.kind === 'merged' && merging.tree === merging.proven });
    else for (const line of mergingLines(merging)) output.out(line);
    return mergingExit(merging);
  });

/** What is merged and is not what was proven is said with the code of what is not proven. */
export const mergingExit = (merging: Merging): number => {
  if (merging.kind === 'waiting') return 4;
  return merging.tree === merging.proven ? 0 : 3;
};

export function mergingLines(merging: Merging): readonly string[] {
  const { url } = merging.pullRequest;
  if (merging.kind === 'waiting')
    return [
      `not merged yet: ${url} waits for ${merging.checks.map((name) => cleanLine(name, 80)).join(', ')}`,
      '  run the command again later, or with --wait 30m',
    ];
  const { commit, tree, proven } = merging;
  return [
    `pull request merged: ${url} as commit ${commit.slice(0, 12)}`,
    tree === proven
      ? `  its tree is the proven one (${tree.slice(0, 12)})`
      : `  its tree ${tree.slice(0, 12)} is not the proven one (${proven.slice(0, 12)}): the base branch had moved; ` +
        'omk judge tells what it is worth',
  ];
}

export function policyFrom(text: string): MergePolicy {
  const found = MERGE_POLICIES.find((policy) => policy === text);
  if (found) return found;
  throw new OmkError(
    'FLAG_INVALID',
    `--merge-policy must be disabled, manual or gated, not '${text}'`,
    '--merge-policy gated',
  );
}

function methodFrom(text: string | undefined): MergeMethod | null {
  const found = MERGE_METHODS.find((method) => method === text);
  if (text === undefined || found) return found ?? null;
  throw new OmkError('FLAG_INVALID', `--method must be merge, squash or rebase, not '${text}'`, '--method squash');
}

function waitFrom(text: string | undefined): number {
  const ms = text === undefined ? 0 : durationMs(text);
  if (ms !== null) return ms;
  throw new OmkError('FLAG_INVALID', `--wait must be a duration such as 90s, 30m or 2h, not '${text}'`, '--wait 30m');
}
