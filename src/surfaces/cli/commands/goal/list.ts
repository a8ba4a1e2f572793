import { cleanLine } from '../../../../domain/text/clean.ts';
import type { GoalSummary, Store } from '../../../../store/port.ts';
import { locateRepository } from '../../../../world/git/locate.ts';
import { withStore } from '../../goal-store.ts';
import { printJson, type Output } from '../../output/print.ts';
import { table } from '../../text/table.ts';
import { OmkError } from '../../../../domain/error.ts';

export async function list(all: boolean, output: Output): Promise<number> {
  const here = all ? null : await locateRepository(process.cwd());
  const goals = await withStore(async (store) =>
    withWorkers(store, await store.list(here ? { repository: here.id } : {})),
  ).catch(noneYet);
  if (output.json) printJson(output, goals);
  else if (goals.length === 0) output.err('no goals yet: omk run "<goal>"');
  else
    for (const line of table(['goal', 'status', 'updated', 'title'], goals.map(row), { columns: output.columns }))
      output.out(line);
  return 0;
}

interface Row extends GoalSummary {
  /** Only of a running goal: the process that works on it, null when there is none. */
  readonly process?: number | null;
}

async function withWorkers(store: Store, goals: readonly GoalSummary[]): Promise<readonly Row[]> {
  return Promise.all(
    goals.map(async (goal) =>
      goal.status === 'running' ? { ...goal, process: (await store.holder(goal.goal))?.pid ?? null } : goal,
    ),
  );
}

const row = (goal: Row): readonly string[] => [
  goal.goal,
  goal.process === null ? 'interrupted (no process works on it)' : goal.status,
  goal.updatedAt.slice(0, 16).replace('T', ' '),
  cleanLine(goal.title, 72),
];

function noneYet(error: unknown): readonly Row[] {
  if (error instanceof OmkError && error.code === 'GOAL_NOT_FOUND') return [];
  throw error;
}
