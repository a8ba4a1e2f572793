import { checkpointShape, overshootShape } from '../../domain/budget/contract.ts';
import { limitsOf } from '../../domain/budget/figures.ts';
import type { ContractValue } from '../../domain/budget/json.ts';
import { overshootSentence } from '../../domain/budget/overshoot.ts';
import { overshootOf } from '../../domain/decide/reservation.ts';
import type { Facts } from '../statement/facts.ts';

/** What was spent, as the agents say, with every checkpoint; and how far a limit can be passed. The signed statement says the same. */
export function budgetSection({ state, created }: Facts): { readonly [key: string]: ContractValue | null } {
  const { ledger, checkpoints, stored } = state.budget;
  const bound = overshootOf(state);
  const result = limitsOf(stored);
  return {
    note: 'Usage is what agents say of themselves: a claim.',
    used_tokens: ledger.tokens,
    estimated_cost_usd: { pico: ledger.picoUsd },
    unknown_token_calls: ledger.unknownTokens,
    unknown_cost_calls: ledger.unknownCost,
    bound: overshootSentence(bound, { tokens: stored.tokens !== null, usd: stored.picoUsd !== null }),
    overshoot: result.kind === 'limits' ? overshootShape(bound, result.limits) : null,
    checkpoints: checkpoints.map((each) => checkpointShape(created.goal, each)),
  };
}
