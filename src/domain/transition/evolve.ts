import type { EventType, GoalEvent } from '../goal/event.ts';
import { EMPTY_STATE, type DataOf, type GoalState } from '../goal/state.ts';
import { admits } from './admit.ts';
import { ATTEMPT_FOLDS } from './folds/attempts.ts';
import { BUDGET_FOLDS } from './folds/budget.ts';
import { EVIDENCE_FOLDS } from './folds/evidence.ts';
import type { Folds } from './folds/fold.ts';
import { GOAL_FOLDS } from './folds/goal.ts';
import { QUESTION_FOLDS } from './folds/questions.ts';
import { TASK_FOLDS } from './folds/tasks.ts';

const FOLDS: Folds<EventType> = {
  ...GOAL_FOLDS,
  ...QUESTION_FOLDS,
  ...ATTEMPT_FOLDS,
  ...EVIDENCE_FOLDS,
  ...TASK_FOLDS,
  ...BUDGET_FOLDS,
};

const apply = <T extends EventType>(
  state: GoalState,
  { type, data }: { readonly type: T; readonly data: DataOf<T> },
): GoalState => FOLDS[type](state, data);

/** Folds one event. An event that the state does not admit changes nothing but the version: the fold is total. */
export function evolve(state: GoalState, event: GoalEvent): GoalState {
  const next = admits(state, event) === null ? apply(state, event) : state;
  return { ...next, version: state.version + 1 };
}

export const fold = (events: readonly GoalEvent[], from: GoalState = EMPTY_STATE): GoalState =>
  events.reduce(evolve, from);
