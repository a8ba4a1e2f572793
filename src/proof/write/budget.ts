import { checkpointShape } from '../../domain/budget/contract.ts';
import type { ContractValue } from '../../domain/budget/json.ts';
import { overshoot, overshootSentence, reportingOf } from '../../domain/budget/overshoot.ts';
import type { Facts } from '../statement/facts.ts';

/** What was spent, as the agents say, with every checkpoint; and how far a limit can be passed. */
export function budgetSection({ state, created }: Facts): { readonly [key: string]: ContractValue | null } {
  const { ledger, checkpoints } = state.budget;
  const bound = overshoot(ledger, reportingOf(ledger, created.agent.preset), 1);
  return {
    note: 'Usage is what agents say of themselves: a claim.',
    used_tokens: ledger.tokens,
    estimated_cost_usd: { pico: ledger.picoUsd },
    unknown_token_calls: ledger.unknownTokens,
    unknown_cost_calls: ledger.unknownCost,
    overshoot: overshootSentence(bound),
    overshoot_tokens: bound.tokens,
    checkpoints: checkpoints.map((each) => checkpointShape(created.goal, each)),
  };
}
