import { isFinal } from '../status.ts';
import type { DataOf, GoalState } from '../goal/state.ts';
import { withoutPlan } from './evolve.ts';
import { acceptedChecks } from '../held-out/evidence.ts';

/** What a person approves: the checks and the plan that stand now, by their digests. */
export function approvalOf(state: GoalState): DataOf<'plan.approved'> {
  const commitment = acceptedChecks(state)?.checks.commitment;
  const plan = state.created?.options.plan?.sha256;
  return { ...(commitment === undefined ? {} : { commitment }), ...(plan === undefined ? {} : { plan }) };
}

/** A person read the checks that stand now. */
export function isApproved(state: GoalState): boolean {
  const commitment = acceptedChecks(state)?.checks.commitment;
  return commitment !== undefined && state.approved?.commitment === commitment;
}

/** A person approved the plan that stands now, and the checks where a session wrote some. */
export function isPlanApproved(state: GoalState): boolean {
  const { approved } = state;
  const wanted = approvalOf(state);
  return approved !== null && approved.commitment === wanted.commitment && approved.plan === wanted.plan;
}

/** Why a person cannot approve, or null. They can until the goal ends, and only what they were shown. */
export function wrongApproval(state: GoalState, { commitment, plan }: DataOf<'plan.approved'>): string | null {
  if (isFinal(state.status)) return `the goal is ${state.status}`;
  const wanted = approvalOf(state);
  if (commitment !== wanted.commitment) return 'these are not the checks of the goal';
  // Logs of before name the checks alone.
  if (plan !== undefined && plan !== wanted.plan) return 'this is not the plan of the goal';
  return commitment === undefined && plan === undefined && state.plan === null ? 'there is no plan yet' : null;
}

/** Why what sessions made cannot be refused, or null. */
export function wrongRejection(state: GoalState): string | null {
  if (isFinal(state.status)) return `the goal is ${state.status}`;
  if (state.landed.length > 0) return 'work that they showed has landed';
  return [...state.planners, ...state.oracles].some(({ ended }) => ended !== null)
    ? null
    : 'no session has made a plan or written checks';
}

/** Other sessions begin, and work that was judged by what was before is no result. */
export function planRejected(before: GoalState, { why }: DataOf<'plan.rejected'>): GoalState {
  const state = withoutPlan(before);
  const allowed = state.created?.options.maxAttempts ?? 1;
  return {
    ...state,
    plan: null,
    submissions: [],
    approved: null,
    rejected: { why, oracles: state.oracles.length, planners: state.planners.length },
    integrated: null,
    planners: state.planners.map((each) => ({ ...each, ended: each.ended ?? 'no_progress' })),
    oracles: state.oracles.map((each) => ({ ...each, ended: each.ended ?? 'no_progress' })),
    attempts: state.attempts.map((each) =>
      each.ended === null || each.ended === 'accepted' ? { ...each, ended: 'no_progress' } : each,
    ),
    attemptsAllowed: state.attempts.length + allowed,
    questions: state.questions.filter(({ question, answer }) => answer !== null || question.code !== 'no_criterion'),
  };
}
