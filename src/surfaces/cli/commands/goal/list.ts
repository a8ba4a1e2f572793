import type { GoalSummary, Store } from '../../../../app/store.ts';
import { locateRepository, movedRoot } from '../../../../app/use/locate.ts';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { cleanLine } from '../../../../domain/text/clean.ts';
import { withStore } from '../../../../app/goal-store.ts';
import { printJson, type Output } from '../../output/print.ts';
import { stateDir } from '../../../../app/paths.ts';
import { showBytes } from '../../text/bytes.ts';
import { table } from '../../text/table.ts';
import { OmkError } from '../../../../domain/error.ts';
import { currentFolder, environment } from '../../../../app/here.ts';
import { many } from '../../text/many.ts';

export async function list(
  { all, size }: { readonly all: boolean; readonly size: boolean },
  output: Output,
): Promise<number> {
  const here = all ? null : await locateRepository(currentFolder());
  const listed = await withStore(async (store) => {
    const rows = await withWorkers(store, await store.list(here ? { repository: here.id } : {}));
    if (rows.length === 0 && here && !output.json) await sayMoved(store, output);
    return all ? withRoots(store, rows) : rows;
  }).catch(noneYet);
  const goals = size ? await Promise.all(listed.map(withSize)) : listed;
  if (output.json) printJson(output, goals);
  else if (goals.length === 0) output.err('no goals yet: omk run "<goal>"');
  else
    for (const line of table(
      ['goal', 'status', 'updated', ...(size ? ['size'] : []), ...(all ? ['repository'] : []), 'title'],
      goals.map(row),
      {
        columns: output.columns,
      },
    ))
      output.out(line);
  return 0;
}

interface Row extends GoalSummary {
  /** Only of a running goal: the process that works on it, null when there is none. */
  readonly worker?: string | null;
  /** Bytes of its worktrees and its folder, where asked for. */
  readonly bytes?: number;
  /** Where its repository is, and whether it is there; only of goals of every repository. */
  readonly root?: string;
  readonly there?: boolean;
}

async function withRoots<T extends GoalSummary>(
  store: Store,
  goals: readonly T[],
): Promise<readonly (T & { readonly root: string; readonly there: boolean })[]> {
  return Promise.all(
    goals.map(async (goal) => {
      const [first] = await store.read(goal.goal);
      const pin = first?.event.type === 'goal.created' ? first.event.data.repository : null;
      const root = (pin && ((await movedRoot(stateDir(environment()), pin.id)) ?? pin.root)) ?? '';
      return { ...goal, root, there: existsSync(root) };
    }),
  );
}

/** A repository that was moved is another one as far as its path goes. */
async function sayMoved(store: Store, output: Output): Promise<void> {
  const lost = (await withRoots(store, await store.list())).filter(({ there }) => !there);
  const [latest] = lost;
  if (latest)
    output.err(
      `The repositories of ${many(lost.length, 'goal')} have moved or are gone (omk goal list --all). If ` +
        `one was moved here: omk goal adopt ${latest.goal}`,
    );
}

async function withSize(goal: Row): Promise<Row> {
  const { openGarbage } = await import('../../../../app/use/sizes.ts');
  const directory = stateDir(environment());
  const { sizeOf } = openGarbage(directory);
  const sizes = await Promise.all(['worktrees', 'goals'].map((folder) => sizeOf(join(directory, folder, goal.goal))));
  return { ...goal, bytes: sizes.reduce((sum, each) => sum + each, 0) };
}

async function withWorkers(store: Store, goals: readonly GoalSummary[]): Promise<readonly Row[]> {
  return Promise.all(
    goals.map(async (goal) =>
      goal.status === 'running' ? { ...goal, worker: (await store.holder(goal.goal))?.name ?? null } : goal,
    ),
  );
}

const row = (goal: Row): readonly string[] => [
  goal.goal,
  goal.worker === null ? 'interrupted (no process works on it)' : goal.status,
  goal.updatedAt.slice(0, 16).replace('T', ' '),
  ...(goal.bytes === undefined ? [] : [showBytes(goal.bytes)]),
  ...(goal.root === undefined ? [] : [`${goal.root}${goal.there === false ? ' (not there)' : ''}`]),
  cleanLine(goal.title, 72),
];

function noneYet(error: unknown): readonly Row[] {
  if (error instanceof OmkError && error.code === 'GOAL_NOT_FOUND') return [];
  throw error;
}
