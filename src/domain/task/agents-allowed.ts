import type { GoalState } from '../goal/state.ts';

/**
 * How many attempts may be alive at once. One while a token or dollar budget is set and nothing says how much an agent reports at
 * once: several could pass the limit together by nobody knows how much.
 */
export function agentsAllowed({ created, budget }: GoalState): number {
  const asked = Math.max(1, created?.options.maxAgents ?? 1);
  const { tokens = null, picoUsd = null } = created?.options.largestReport ?? {};
  const isUnbounded =
    (budget.stored.tokens !== null && tokens === null) || (budget.stored.picoUsd !== null && picoUsd === null);
  return isUnbounded ? 1 : asked;
}
