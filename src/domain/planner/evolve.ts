import type { DataOf, GoalState } from '../goal/state.ts';
import { withPlan } from './adopt.ts';
import type { KeptPlan } from '../plan/document.ts';

export const plannerStarted = (state: GoalState, data: DataOf<'attempt.started'>): GoalState => ({
  ...state,
  planners: [...state.planners, { ...data, turns: [], ended: null, reopened: 0 }],
});

export const planSubmitted = (state: GoalState, data: DataOf<'plan.submitted'>): GoalState => {
  const next = { ...withoutPlan(state), plans: [...state.plans, data] };
  return data.kind === 'read' ? adopt(next, data) : next;
};

/** A person's plan takes the place of the one before; checks that were written for that one are written again. */
export const planEdited = (state: GoalState, plan: KeptPlan): GoalState => ({
  ...adopt(withoutGiven(withoutPlan(state)), plan),
  submissions: [],
  approved: null,
  rejected: { why: '', planners: state.planners.length, oracles: state.oracles.length },
  oracles: state.oracles.map((each) => ({ ...each, ended: each.ended ?? 'no_progress' })),
});

/** Null: the attempt is no planner's. */
export function plannerEnded(state: GoalState, { attempt, why }: DataOf<'attempt.ended'>): GoalState | null {
  if (!state.planners.some((each) => each.attempt === attempt)) return null;
  const planners = state.planners.map((each) => (each.attempt === attempt ? { ...each, ended: why } : each));
  return { ...(why === 'accepted' ? state : withoutPlan(state)), planners, plan: null };
}

/** Facts of a plan are looked up on the base, beside those that a person gave. */
function adopt(state: GoalState, { document, sha256 }: KeptPlan): GoalState {
  const { created } = state;
  if (!created) return state;
  const options = withPlan(created.options, { document, sha256 });
  return { ...state, asked: created.options, created: { ...created, options }, facts: new Map(), plan: null };
}

/** As before a plan was made for it. */
export const withoutPlan = (state: GoalState): GoalState =>
  state.asked === null || !state.created
    ? state
    : { ...state, created: { ...state.created, options: state.asked }, asked: null, facts: new Map(), plan: null };

/** A plan that the command line gave goes with the facts that only it named. */
function withoutGiven(state: GoalState): GoalState {
  const { created } = state;
  if (!created?.options.plan) return state;
  const { plan, facts = [], ...options } = created.options;
  const named = new Set(plan.document.criteria.flatMap(({ fact }) => fact ?? []));
  const left = facts.filter((fact) => !named.has(fact));
  return { ...state, created: { ...created, options: { ...options, ...(left.length > 0 ? { facts: left } : {}) } } };
}
