import { WRONG } from '../../domain/goal/checks-submission.ts';
import type { GoalState } from '../../domain/goal/state.ts';
import { hiddenOf } from '../../domain/held-out/options.ts';
import type { CommitId, GoalId } from '../../domain/ids.ts';
import { nameOf } from '../../domain/plan/command.ts';
import type { LaidFile, Vault } from '../../world/git/port.ts';
import { created } from '../context.ts';
import { withContent, type Listed } from '../held-out/visible.ts';
import type { Session } from '../session.ts';
import type { World } from '../world.ts';

export interface KeptOracle {
  readonly commit: CommitId;
  readonly ref: string;
  /** How many of each there are. */
  readonly hidden: number;
  readonly wrong: number;
  readonly commands: number;
}

const COMMANDS = 'omk-oracle/commands';

/**
 * What judged a result and is not part of it, as a commit on top: hidden checks, wrong solutions, and what compared commands left on
 * the base. Nobody judged it as a whole. Null: there is nothing of that kind. The same each time.
 */
export async function keepOracle(
  { store }: Pick<World, 'store'>,
  { state, goal, lines }: Session,
  vault: Vault,
): Promise<KeptOracle | null> {
  const { integrated } = state;
  if (!integrated) return null;
  const hidden = hiddenFiles(state);
  const wrong = wrongFiles(state);
  const commands = commandFiles(state);
  const files = await withContent(store, state, [...hidden, ...wrong, ...commands.flatMap(({ parts }) => parts)]);
  const names = commands.map(({ folder, name }): LaidFile => ({
    path: `${folder}/command`,
    mode: '100644',
    content: Buffer.from(`${name}\n`),
  }));
  if (files.length === 0) return null;
  const ref = `refs/omk/goals/${goal}/oracle`;
  const commit = await vault.commit({
    tree: await vault.lay(integrated.tree, [...files, ...names]),
    parent: integrated.commit,
    message: message(goal, created(state).title),
    ref,
    at: Math.floor(Date.parse(lines.at(-1)?.event.ts ?? '') / 1000),
  });
  return { commit, ref, hidden: hidden.length, wrong: wrong.length, commands: commands.length };
}

function hiddenFiles(state: GoalState): readonly Listed[] {
  const hidden = new Set(hiddenOf(state));
  return (state.revealed?.files ?? []).filter(({ path }) => hidden.has(path));
}

/** Files that a wrong solution takes away cannot be kept beside it; a link is kept as a file that names its target. */
const wrongFiles = ({ revealed }: GoalState): readonly Listed[] =>
  (revealed?.wrong ?? []).flatMap(({ path, mode, blob }) =>
    blob === null ? [] : [{ path: `${WRONG}${path}`, mode: mode === '120000' ? '100644' : mode, blob }],
  );

/** What each compared command left on the base, in a folder of its own. */
const commandFiles = ({ created: made, observed }: GoalState) =>
  (made?.options.captures ?? []).flatMap((capture, place) => {
    const first = observed.find(
      (each) => each.of === 'capture' && each.place === place && each.tree === made?.repository.tree,
    );
    if (!first || capture.trial === true) return [];
    const folder = `${COMMANDS}/${place + 1}`;
    const parts = first.parts.map(({ name, blob }): Listed => ({ path: placed(folder, name), mode: '100644', blob }));
    return [{ folder, name: nameOf(capture), parts }];
  });

const placed = (folder: string, name: string): string =>
  ['exit', 'stdout', 'stderr'].includes(name) ? `${folder}/${name}` : `${folder}/files/${name}`;

const message = (goal: GoalId, title: string): string =>
  `What judged: ${title}\n\n` +
  `Hidden checks, wrong solutions and outputs of commands. Nothing here was judged as a whole.\n\nOmk-Goal: ${goal}\n`;
