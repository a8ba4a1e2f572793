import { lastAttemptOf, type GoalState } from '../goal/state.ts';
import type { CommitId, TreeId } from '../ids.ts';
import { plannedTasks, type Plan } from '../plan/plan.ts';
import { remembered } from '../remembered.ts';
import type { ReturnReason, TaskState } from '../goal/task.ts';

/** What a task is now. */
export type TaskStatus =
  /** For tasks that have to land first. */
  | { readonly kind: 'waiting'; readonly on: readonly string[] }
  /** Nothing stands in the way of its first attempt. */
  | { readonly kind: 'ready' }
  /** An attempt is open: its agent works, or waits. */
  | { readonly kind: 'working'; readonly attempt: number }
  /** An attempt is open, and what its agent left is judged. */
  | { readonly kind: 'judged'; readonly attempt: number; readonly candidate: TreeId }
  /** Accepted by itself: it waits for its place in the result. */
  | { readonly kind: 'queued'; readonly attempt: number; readonly candidate: TreeId }
  | { readonly kind: 'integrated'; readonly attempt: number; readonly commit: CommitId; readonly tree: TreeId }
  /** Accepted work did not land, and the next attempt has not begun. */
  | { readonly kind: 'returned'; readonly attempt: number; readonly why: ReturnReason }
  /** An attempt ended without a result, and the next one has not begun. */
  | { readonly kind: 'retrying'; readonly attempt: number }
  | { readonly kind: 'given_up' }
  /** The head has all that it is to bring. */
  | { readonly kind: 'done' }
  /** A task that has to land first is given up. */
  | { readonly kind: 'dropped'; readonly by: string };

/** The status of each task of a goal, in the order of the plan. */
export function taskStatuses(state: GoalState): ReadonlyMap<string, TaskStatus> {
  const tasks = tasksById(state.tasks);
  const lost = lostTasks(state);
  return new Map(
    state.tasks.map((task) => {
      const by = lost.get(task.id);
      if (by !== undefined && !task.integrated && !task.done) return [task.id, { kind: 'dropped', by }] as const;
      const open = needsOf(state, task.id).filter((need) => !isThere(tasks.get(need)));
      return [task.id, statusOf(state, task, open)] as const;
    }),
  );
}

/**
 * The tasks that are not done and wait for no other, with their status: what there is to decide about, in the order of the plan. Of
 * a thousand tasks most are done or wait, and a decision looks at none of those.
 */
export function openTasks(state: GoalState): ReadonlyMap<TaskState, TaskStatus> {
  const known = OPEN.get(state.tasks);
  const tasks = known?.plan === state.plan ? known.tasks : findOpen(state);
  if (known?.tasks !== tasks) OPEN.set(state.tasks, { plan: state.plan, tasks });
  return new Map(tasks.map((task) => [task, statusOf(state, task, [])]));
}

const OPEN = new WeakMap<readonly TaskState[], { readonly plan: Plan | null; readonly tasks: readonly TaskState[] }>();

function findOpen(state: GoalState): readonly TaskState[] {
  const tasks = tasksById(state.tasks);
  const lost = lostTasks(state);
  const planned = state.plan && plannedTasks(state.plan);
  const isNeedThere = (need: string): boolean => isThere(tasks.get(need));
  return state.tasks.filter(
    (task) =>
      !isThere(task) &&
      !task.givenUp &&
      !lost.has(task.id) &&
      planned?.get(task.id)?.needs.every(isNeedThere) !== false,
  );
}

/** What the task was to bring is in the head. */
const isThere = (task: TaskState | undefined): boolean => Boolean(task?.integrated ?? task?.done);

const tasksById = remembered((tasks: readonly TaskState[]) => new Map(tasks.map((each) => [each.id, each])));

const needsOf = ({ plan }: GoalState, id: string): readonly string[] =>
  (plan && plannedTasks(plan).get(id)?.needs) ?? [];

/** Tasks that depend on one that is given up, each with the nearest reason. */
function lostTasks({ tasks, plan }: GoalState): ReadonlyMap<string, string> {
  const lost = new Map<string, string>();
  if (!tasks.some(({ givenUp }) => givenUp)) return lost;
  const isGone = (id: string): boolean => lost.has(id) || tasksById(tasks).get(id)?.givenUp === true;
  for (let more = true; more;) {
    more = false;
    for (const { id, needs } of plan?.tasks ?? []) {
      const by = needs.find(isGone);
      if (by === undefined || lost.has(id)) continue;
      lost.set(id, by);
      more = true;
    }
  }
  return lost;
}

function statusOf(state: GoalState, task: TaskState, open: readonly string[]): TaskStatus {
  if (task.integrated) return { kind: 'integrated', ...task.integrated };
  if (task.done) return { kind: 'done' };
  if (task.givenUp) return { kind: 'given_up' };
  const { accepted } = task;
  if (accepted) return { kind: 'queued', attempt: accepted.attempt, candidate: accepted.candidate };
  const last = lastAttemptOf(state, task.id);
  if (!last) return open.length > 0 ? { kind: 'waiting', on: open } : { kind: 'ready' };
  if (last.ended === null) {
    const turn = last.turns.at(-1);
    return turn?.snapshot
      ? { kind: 'judged', attempt: last.attempt, candidate: turn.snapshot.candidate }
      : { kind: 'working', attempt: last.attempt };
  }
  const returned = task.returned.at(-1);
  return returned?.attempt === last.attempt
    ? { kind: 'returned', attempt: last.attempt, why: returned.why }
    : { kind: 'retrying', attempt: last.attempt };
}
