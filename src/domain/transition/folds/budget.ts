import { storedInteger } from '../../budget/integer.ts';
import { count } from '../../budget/ledger.ts';
import type { Moment } from '../../budget/moment.ts';
import type { GoalState } from '../../goal/state.ts';
import type { Folds } from './fold.ts';

/** What agents used, and what they may. */
export const BUDGET_FOLDS: Folds<'usage.recorded' | 'budget.checkpoint' | 'budget.exhausted' | 'budget.extended'> = {
  'usage.recorded': (state, data) => ({
    ...state,
    budget: { ...state.budget, ledger: count(state.budget.ledger, data) },
  }),
  'budget.checkpoint': (state, data) => {
    const { budget } = timed(state, data);
    return { ...state, budget: { ...budget, checkpoints: [...budget.checkpoints, data] } };
  },
  'budget.exhausted': timed,
  'budget.extended': (state, data) => extended(timed(state, data), data.budget),
};

/** Seconds since creation never go back. */
function timed(state: GoalState, { elapsedSecs }: Moment): GoalState {
  const secs = storedInteger(elapsedSecs);
  return secs > state.budget.recordedSecs ? { ...state, budget: { ...state.budget, recordedSecs: secs } } : state;
}

/** A goal that ended for want of budget can be continued once there is more. */
function extended(state: GoalState, stored: GoalState['budget']['stored']): GoalState {
  const budget = { ...state.budget, stored };
  return state.status === 'needs_more_budget'
    ? { ...state, budget, status: 'not_ready', ended: null }
    : { ...state, budget };
}
