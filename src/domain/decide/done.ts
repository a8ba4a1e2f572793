import type { Intent } from '../goal/intent.ts';
import { record } from '../judge/intents.ts';
import { lookAt } from './look.ts';
import { attemptsOf } from '../goal/attempts.ts';
import type { DataOf, GoalState } from '../goal/state.ts';
import type { Criterion } from '../plan/plan.ts';
import { followsTaskRules } from '../task/rules.ts';
import { viewOfTree } from '../task/view.ts';

/**
 * What tells whether the head has already all that a task is to bring: runs that are missing, or the end of the task. Null: it is
 * to be worked on. A task that only keeps what is there brings nothing that could be seen.
 */
export function decideDone(state: GoalState, task: string): readonly Intent[] | null {
  const { head } = state;
  if (!head || !bringsSomething(state, task) || isTried(state, task)) return null;
  const look = lookAt(viewOfTree(state, head.tree, [task]), head.tree);
  if (look.kind === 'needs') return look.intents;
  if (look.kind !== 'judged' || look.open.length > 0) return null;
  return [record(`done:${task}:${head.tree}`, { type: 'task.dropped', data: { task, why: 'done', head } })];
}

function bringsSomething(state: GoalState, id: string): boolean {
  const task = state.plan?.tasks.find((each) => each.id === id);
  // What mends the whole was added because the head does not hold.
  if (!followsTaskRules(state) || !task || task.origin?.kind === 'final') return false;
  const own = (state.plan?.criteria ?? []).filter((each) => task.criteria.includes(each.id));
  return own.every(isSeenOnHead) && own.some(({ keep }) => keep !== true);
}

/** Tests that come with the task, and what is compared or timed for the whole, are not on a head without it. */
const isSeenOnHead = (criterion: Criterion): boolean =>
  criterion.kind === 'tests'
    ? criterion.ids.length > 0 && (criterion.files ?? []).length === 0
    : criterion.kind !== 'captures' && criterion.kind !== 'timing';

/** An attempt that starts where an earlier one did knows what there is. */
const isTried = (state: GoalState, task: string): boolean =>
  attemptsOf(state, task).at(-1)?.base?.commit === state.head?.commit;

/** Why a task may not be dropped as done, or null. */
export function wrongDrop(state: GoalState, { task: id, head }: DataOf<'task.dropped'>): string | null {
  const task = state.tasks.find((each) => each.id === id);
  if (!task || task.integrated || task.accepted || task.done || task.givenUp) return `task ${id} is not to be dropped`;
  if (attemptsOf(state, id).at(-1)?.ended === null) return `an attempt of task ${id} is open`;
  // Later heads have it too.
  if (!state.landed.some(({ commit, tree }) => commit === head.commit && tree === head.tree))
    return 'this is no integrated head';
  const [found] = decideDone({ ...state, head }, id) ?? [];
  return found?.kind === 'record' ? null : `task ${id} is not shown on the head`;
}
