import { attemptsOf, type GoalState } from '../goal/state.ts';
import type { CommitId, TreeId } from '../ids.ts';
import type { ReturnReason, TaskState } from './task.ts';

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
  /** A task that has to land first is given up. */
  | { readonly kind: 'dropped'; readonly by: string };

/** The status of each task of a goal, in the order of the plan. */
export function taskStatuses(state: GoalState): ReadonlyMap<string, TaskStatus> {
  const tasks = new Map(state.tasks.map((each) => [each.id, each]));
  const needs = new Map((state.plan?.tasks ?? []).map((each) => [each.id, each.needs]));
  const lost = lostTasks(tasks, needs);
  return new Map(
    state.tasks.map((task) => {
      const by = lost.get(task.id);
      if (by !== undefined && !task.integrated) return [task.id, { kind: 'dropped', by }] as const;
      const open = (needs.get(task.id) ?? []).filter((need) => !tasks.get(need)?.integrated);
      return [task.id, statusOf(state, task, open)] as const;
    }),
  );
}

/** Tasks that depend on one that is given up, each with the nearest reason. */
function lostTasks(
  tasks: ReadonlyMap<string, TaskState>,
  needs: ReadonlyMap<string, readonly string[]>,
): ReadonlyMap<string, string> {
  const lost = new Map<string, string>();
  const isGone = (id: string): boolean => lost.has(id) || tasks.get(id)?.givenUp === true;
  if (![...tasks.values()].some(({ givenUp }) => givenUp)) return lost;
  for (let more = true; more;) {
    more = false;
    for (const [id, on] of needs) {
      const by = on.find(isGone);
      if (by === undefined || lost.has(id)) continue;
      lost.set(id, by);
      more = true;
    }
  }
  return lost;
}

function statusOf(state: GoalState, task: TaskState, open: readonly string[]): TaskStatus {
  if (task.integrated) return { kind: 'integrated', ...task.integrated };
  if (task.givenUp) return { kind: 'given_up' };
  const { accepted } = task;
  if (accepted) return { kind: 'queued', attempt: accepted.attempt, candidate: accepted.candidate };
  const last = attemptsOf(state, task.id).at(-1);
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
