import { EMPTY_STATE, type AttemptState, type GoalState } from '../goal/state.ts';
import type { TaskState } from '../goal/task.ts';
import { BLOB } from './build.ts';

/** A task that nothing was done at yet. */
export const task = (id: string, more: Partial<TaskState> = {}): TaskState => ({
  id,
  allowed: 2,
  accepted: null,
  returned: [],
  integrated: null,
  done: null,
  givenUp: false,
  ...more,
});

/** An attempt whose first turn runs. */
export const attempt = (number: number, of: string, ended: AttemptState['ended']): AttemptState => ({
  attempt: number,
  task: of,
  worktree: '/w',
  turns: [{ turn: 1, prompt: BLOB, outcome: null, endedAt: 0, session: null, sandbox: null, snapshot: null }],
  ended,
  reopened: 0,
});

/** A goal of several tasks without criteria. */
export function stateOf(
  tasks: readonly TaskState[],
  more: Partial<GoalState> & {
    needs?: Record<string, readonly string[]>;
    writes?: Record<string, readonly string[]>;
  } = {},
): GoalState {
  const { needs = {}, writes = {}, ...rest } = more;
  const planned = tasks.map(({ id }) => ({
    id,
    title: id,
    brief: id,
    needs: needs[id] ?? [],
    writes: writes[id] ?? [],
    criteria: [],
  }));
  return { ...EMPTY_STATE, plan: { criteria: [], tasks: planned }, tasks, ...rest };
}
