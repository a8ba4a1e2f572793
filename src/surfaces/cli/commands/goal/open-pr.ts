import { type OpenPrOptions, type Opened, openPullRequest } from '../../../../app/use/open-pr.ts';
import type { Config } from '../../../../app/config.ts';
import { cleanLine } from '../../../../domain/text/clean.ts';
import { withGoalWorld } from '../../../../app/goal-world.ts';
import { printJson, type Output } from '../../output/print.ts';

export interface OpenPrFlags {
  readonly draft?: true;
  readonly title?: string;
  readonly label?: readonly string[];
  readonly reviewer?: readonly string[];
  readonly assignee?: readonly string[];
  readonly remote?: string;
  readonly branch?: string;
  readonly base?: string;
  readonly inFork?: true;
  readonly proof?: boolean;
}

const optionsOf = (flags: OpenPrFlags, { sendsProofs }: Pick<Config, 'sendsProofs'>): OpenPrOptions => ({
  remote: flags.remote ?? null,
  branch: flags.branch ?? null,
  base: flags.base ?? null,
  draft: flags.draft === true,
  title: flags.title ?? null,
  labels: flags.label ?? [],
  reviewers: flags.reviewer ?? [],
  assignees: flags.assignee ?? [],
  inFork: flags.inFork === true,
  proof: flags.proof !== false && sendsProofs !== false,
});

export const openPr = (name: string, flags: OpenPrFlags, output: Output): Promise<number> =>
  withGoalWorld(name, async (world, goal) => {
    const opened = await openPullRequest(
      world,
      goal,
      optionsOf(flags, world.config),
      new AbortController().signal,
      (notice) => {
        if (notice.kind === 'step' && !output.json) output.err(notice.text);
      },
    );
    if (output.json) printJson(output, { goal, ...opened });
    else for (const line of openedLines(opened)) output.out(line);
    return 0;
  });

const HOW = { opened: 'opened', updated: 'updated', unchanged: 'is up to date' } as const;

export function openedLines(opened: Opened): readonly string[] {
  if (opened.kind === 'pushed')
    return [
      `pushed commit ${opened.commit.slice(0, 12)} to branch ${opened.branch} of ${opened.remote}`,
      opened.openAt === null
        ? 'open the pull request where that repository is hosted'
        : `open the pull request: ${opened.openAt}`,
      ...(opened.forkOf === undefined
        ? []
        : [`  ${opened.remote} is a fork of ${opened.forkOf}; --in-fork opens it in the fork itself`]),
      ...proofLines(opened),
      ...ignoredLines(opened, 'omk opened no pull request that could have it'),
    ];
  const { url, branch, base, draft } = opened.pullRequest;
  return [
    `${draft ? 'draft ' : ''}pull request ${HOW[opened.how]}: ${url}`,
    `  ${branch} into ${base}`,
    ...proofLines(opened),
    ...ignoredLines(opened, 'this login may not set it there'),
  ];
}

const PROOF = {
  pushed: 'proof pushed to refs/omk/proofs, where omk verify and CI find it',
  there: 'proof is on refs/omk/proofs already',
  kept: 'proof not pushed, as asked: CI judges the change instead of verifying its proof',
} as const;

function proofLines({ proof }: Opened): readonly string[] {
  if (proof.kind !== 'refused') return [`  ${PROOF[proof.kind]}`];
  return [
    `  proof not pushed (${cleanLine(proof.why, 300)}): CI judges the change instead of verifying its proof; --no-proof does not try`,
  ];
}

const ignoredLines = ({ ignored }: Opened, why: string): readonly string[] =>
  ignored.length === 0 ? [] : [`  not done: ${ignored.map((each) => cleanLine(each, 80)).join(', ')}: ${why}`];
