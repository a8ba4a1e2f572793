import { NO_BUDGET } from '../../budget/figures.ts';
import { afterDelivery, type DeliveryEvent } from '../../delivery/delivery.ts';
import type { GoalState } from '../../goal/state.ts';
import type { Step } from '../../goal/step.ts';
import { tasksResumed } from '../evolve-tasks.ts';
import type { Folds } from './fold.ts';

/** How a goal begins, stops, goes on and ends, and where its result goes. */
export const GOAL_FOLDS: Folds<
  | 'goal.created'
  | 'goal.paused'
  | 'goal.resumed'
  | 'goal.cancelled'
  | 'goal.ended'
  | 'output.lost'
  | 'state.checkpoint'
  | 'delivery.pushed'
  | 'delivery.pr_opened'
  | 'delivery.pr_updated'
  | 'delivery.merged'
> = {
  'goal.created': (state, data) => ({
    ...state,
    created: data,
    attemptsAllowed: data.options.maxAttempts,
    budget: { ...state.budget, stored: data.options.budget ?? NO_BUDGET },
  }),
  'goal.paused': (state, data) => ({ ...state, status: 'paused', pausedAfter: data.step ?? null }),
  'goal.resumed': (state, data) => resume(state, data.step ?? null),
  'goal.cancelled': (state) => ({ ...state, status: 'cancelled' }),
  'goal.ended': (state, data) => ({ ...state, status: data.status, ended: data }),
  'output.lost': (state) => state,
  'state.checkpoint': (state) => state,
  'delivery.pushed': (state, data) => delivered(state, { type: 'delivery.pushed', data }),
  'delivery.pr_opened': (state, data) => delivered(state, { type: 'delivery.pr_opened', data }),
  'delivery.pr_updated': (state, data) => delivered(state, { type: 'delivery.pr_updated', data }),
  'delivery.merged': (state, data) => delivered(state, { type: 'delivery.merged', data }),
};

const delivered = (state: GoalState, event: DeliveryEvent): GoalState => ({
  ...state,
  delivery: afterDelivery(state.delivery, event),
});

/** What a resume may try again: measurements that never started or ran out of memory, and as many attempts as the goal had at first. */
function resume(state: GoalState, step: Step | null): GoalState {
  const mayTry = state.status !== 'paused' && step !== 'verify' && step !== 'integrate';
  const more = mayTry ? (state.created?.options.maxAttempts ?? 0) : 0;
  return {
    ...state,
    status: 'running',
    ended: null,
    resumedAt: state.version,
    step,
    pausedAfter: null,
    attemptsAllowed: Math.max(state.attemptsAllowed, state.attempts.length + more),
    tasks: tasksResumed(state, more),
    measurements: state.measurements.filter(
      ({ outcome, purpose }) =>
        (outcome.kind !== 'not_started' && outcome.kind !== 'out_of_memory') ||
        ((purpose === 'canary' || purpose === 'altered') && outcome.kind === 'not_started' && outcome.at === 'tool'),
    ),
  };
}
