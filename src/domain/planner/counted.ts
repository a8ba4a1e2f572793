import type { AttemptState, GoalState } from '../goal/state.ts';

/** The planners that count: those of before a person refused what they made do not. */
export const countedPlanners = ({ planners, rejected }: GoalState): readonly AttemptState[] =>
  planners.slice(rejected?.planners ?? 0);

/** A planner ended without a plan that can be worked on, so a person says what shows the goal. */
export function hasNoPlanner(state: GoalState): boolean {
  const last = countedPlanners(state).at(-1);
  return last !== undefined && last.ended !== null && last.ended !== 'accepted';
}
