import type { GoalId } from '../ids.ts';

/**
 * Where a planner without tools leaves its plan. The name of the goal is random, so that no file of the base can be taken for a plan.
 */
export const planFileOf = (goal: GoalId): string => `omk-plan-${goal}.json`;
