import { isFinal } from '../status.ts';
import { nextAttempt, type DataOf, type GoalState } from '../goal/state.ts';
import { needsApproval } from '../decide/approve.ts';
import { wantsPlanner } from '../planner/accepted.ts';
import { isPlannerInVain, isTooWeak } from '../planner/level.ts';
import { assessPlan } from '../planner/assess.ts';
import { plannedProblems } from '../planner/document.ts';
import { documentProblem } from '../plan/document.ts';

/** Why a planner may not begin, or null. */
export function wrongPlanner(state: GoalState, { attempt }: DataOf<'attempt.started'>): string | null {
  if (!wantsPlanner(state)) return 'no planner is asked for';
  if (isPlannerInVain(state)) return TOO_WEAK;
  if (state.planners.at(-1)?.ended === null) return 'a planner works already';
  return attempt === nextAttempt(state) ? null : 'attempts are numbered one by one';
}

/** No other session begins before there is a plan. */
export const wrongWithoutPlan = (state: GoalState): string | null =>
  wantsPlanner(state) ? 'the plan of the goal is not there yet' : null;

/** Where a person has to approve the plan, no worker begins before. */
export function wrongWithoutApproval(state: GoalState): string | null {
  if (state.attempts.length > 0) return null;
  return wrongTooWeak(state) ?? (needsApproval(state) ? 'nobody has approved the plan yet' : null);
}

/** No session is paid for what is less than was asked for. */
export const wrongTooWeak = (state: GoalState): string | null =>
  state.plan !== null && isTooWeak(state) ? TOO_WEAK : null;

const TOO_WEAK = 'what would show the goal is less than was asked for';

/** Why a plan may not be handed in, or null. Whoever reads the log checks its rules again. */
export function wrongPlanSubmission(state: GoalState, data: DataOf<'plan.submitted'>): string | null {
  const open = state.planners.at(-1);
  const last = open?.turns.at(-1);
  if (open?.attempt !== data.attempt || open.ended !== null || last?.turn !== data.turn || !last.snapshot)
    return 'no planner ended this turn';
  if (state.plans.some((each) => each.attempt === data.attempt && each.turn === data.turn)) return 'handed in already';
  return data.kind === 'read' ? (plannedProblems(state, data.document)[0] ?? null) : null;
}

/** Why a person cannot write the plan anew, or null: once work has begun it is frozen. */
export function wrongEdit(state: GoalState, { document }: DataOf<'plan.edited'>): string | null {
  if (isFinal(state.status)) return `the goal is ${state.status}`;
  if (state.attempts.length > 0) return 'the plan is frozen since the work began';
  if (state.planners.at(-1)?.ended === null || state.oracles.at(-1)?.ended === null)
    return 'a session is at work on it';
  const problem = documentProblem(document);
  return problem === null ? null : problem.rule;
}

/** A plan holds where its rules do, and not because somebody says so. */
export function wrongPlannerEnd(state: GoalState, { attempt, why }: DataOf<'attempt.ended'>): string | null {
  const isPlanner = state.planners.some((each) => each.attempt === attempt);
  return isPlanner && why === 'accepted' && assessPlan(state).length > 0 ? 'the plan does not hold' : null;
}
