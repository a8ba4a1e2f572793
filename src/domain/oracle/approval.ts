import { isFinal } from '../goal/status.ts';
import type { DataOf, GoalState } from '../goal/state.ts';
import { acceptedChecks } from './accepted.ts';

/** A person read the checks that stand now, named by the digest that commits to them. */
export const isApproved = (state: GoalState): boolean => {
  const commitment = acceptedChecks(state)?.checks.commitment;
  return commitment !== undefined && state.approved === commitment;
};

/** Why a person cannot approve checks, or null. They can until the goal ends, and only those that they were shown. */
export function wrongApproval(state: GoalState, { commitment }: DataOf<'plan.approved'>): string | null {
  if (isFinal(state.status)) return `the goal is ${state.status}`;
  return acceptedChecks(state)?.checks.commitment === commitment ? null : 'these are not the checks of the goal';
}

/** Why the checks of an oracle cannot be refused, or null. */
export function wrongRejection(state: GoalState): string | null {
  if (isFinal(state.status)) return `the goal is ${state.status}`;
  if (state.landed.length > 0) return 'work that they showed has landed';
  return state.oracles.some(({ ended }) => ended !== null) ? null : 'no session has written checks';
}

/** Another oracle begins, and work that was judged by the checks before is no result. */
export function planRejected(state: GoalState, { why }: DataOf<'plan.rejected'>): GoalState {
  const allowed = state.created?.options.maxAttempts ?? 1;
  return {
    ...state,
    plan: null,
    submissions: [],
    rejected: { why, oracles: state.oracles.length },
    integrated: null,
    oracles: state.oracles.map((each) => ({ ...each, ended: each.ended ?? 'no_progress' })),
    attempts: state.attempts.map((each) =>
      each.ended === null || each.ended === 'accepted' ? { ...each, ended: 'no_progress' } : each,
    ),
    attemptsAllowed: state.attempts.length + allowed,
    questions: state.questions.filter(({ question, answer }) => answer !== null || question.code !== 'no_criterion'),
  };
}
