import { lastAttemptOf } from '../goal/attempts.ts';
import type { GoalState } from '../goal/state.ts';
import type { CommitId, TreeId } from '../ids.ts';
import { needsByPlace, plannedTasks } from '../plan/plan.ts';
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

/** A task with its status. */
export type OpenTask = readonly [TaskState, TaskStatus];

/**
 * The tasks that are not done and wait for no other, with their status: what there is to decide about, in the order of the plan. Of
 * a thousand tasks most are done or wait, and a decision looks at none of those.
 */
export function openTasks(state: GoalState): readonly OpenTask[] {
  const known = OPEN.get(state.tasks);
  const isKnown = known !== undefined && known.plan === state.plan;
  if (isKnown && known.attempts === state.attempts) return known.open;
  const tasks = isKnown ? known.tasks : findOpen(state);
  const open = tasks.map((task): OpenTask => [task, statusOf(state, task, [])]);
  OPEN.set(state.tasks, { plan: state.plan, attempts: state.attempts, tasks, open });
  return open;
}

/** What was found for a list of tasks, with the parts of the state that it follows from. */
interface Open extends Pick<GoalState, 'plan' | 'attempts'> {
  readonly tasks: readonly TaskState[];
  readonly open: readonly OpenTask[];
}

const OPEN = new WeakMap<readonly TaskState[], Open>();

/** A task waits for none where its plan is made again. */
function findOpen(state: GoalState): readonly TaskState[] {
  const { tasks, plan } = state;
  const lost = lostTasks(state);
  const needs = plan ? needsByPlace(plan) : [];
  const isNeedThere = (at: number): boolean => isThere(tasks[at]);
  return tasks.filter(
    (task, at) => !isThere(task) && !task.givenUp && !lost.has(task.id) && needs[at]?.every(isNeedThere) !== false,
  );
}

/** What the task was to bring is in the head. */
const isThere = (task: TaskState | undefined): boolean => task !== undefined && (task.integrated ?? task.done) !== null;

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

const READY: TaskStatus = { kind: 'ready' };

function statusOf(state: GoalState, task: TaskState, open: readonly string[]): TaskStatus {
  if (task.integrated) return { kind: 'integrated', ...task.integrated };
  if (task.done) return { kind: 'done' };
  if (task.givenUp) return { kind: 'given_up' };
  const { accepted } = task;
  if (accepted) return { kind: 'queued', attempt: accepted.attempt, candidate: accepted.candidate };
  const last = lastAttemptOf(state, task.id);
  if (!last) return open.length > 0 ? { kind: 'waiting', on: open } : READY;
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
