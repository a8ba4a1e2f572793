import { limitsOf } from '../budget/figures.ts';
import { count, EMPTY_LEDGER } from '../budget/ledger.ts';
import type { GoalState } from '../goal/state.ts';

/** Planner and oracle may use one in so many tokens and dollars of a goal. */
const SHARE = 4n;

/** Whether what comes before the work has used its part of a budget. */
export function isShareSpent({ budget, planners, oracles }: GoalState): boolean {
  const numbers = new Set([...planners, ...oracles].map(({ attempt }) => attempt));
  const result = limitsOf(budget.stored);
  if (result.kind === 'invalid' || numbers.size === 0) return false;
  const { tokens, picoUsd } = [...budget.ledger.told]
    .filter(({ attempt }) => numbers.has(attempt))
    .reduce(count, EMPTY_LEDGER);
  const isOver = (used: bigint, limit: bigint | null): boolean => limit !== null && used * SHARE >= limit;
  return isOver(tokens, result.limits.tokens) || isOver(picoUsd, result.limits.picoUsd);
}
