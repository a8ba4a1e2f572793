import type { ErrorCode } from '../error-code.ts';
import { parseDuration } from './duration.ts';
import type { StoredBudget } from './figures.ts';
import { parseU64 } from './integer.ts';
import { parseUsd } from './money.ts';

/** Budgets as given when a goal is created; null: no limit. */
export interface BudgetRequest {
  readonly time: string | null;
  readonly tokens: string | null;
  readonly usd: string | null;
}

type Refusal = Extract<ErrorCode, `BUDGET_${'TIME' | 'TOKENS' | 'USD'}_INVALID`>;

export type BudgetParsed =
  | { readonly kind: 'budget'; readonly budget: StoredBudget }
  | { readonly kind: 'refused'; readonly code: Refusal; readonly text: string };

/** Budgets of a new goal, in the order time, tokens, USD. `0s` is allowed: such a goal is spent from the start. */
export function newBudget({ time, tokens, usd }: BudgetRequest): BudgetParsed {
  if (time !== null && parseDuration(time) === null)
    return { kind: 'refused', code: 'BUDGET_TIME_INVALID', text: `Invalid budget duration: ${time}` };
  const count = tokens === null ? null : parseU64(tokens);
  if (tokens !== null && (count === null || count === 0n))
    return {
      kind: 'refused',
      code: 'BUDGET_TOKENS_INVALID',
      text: `Invalid token budget: ${tokens} is not a whole number from 1 to 18446744073709551615`,
    };
  const picoUsd = usd === null ? null : parseUsd(usd);
  if (usd !== null && (picoUsd === null || picoUsd === 0n))
    return {
      kind: 'refused',
      code: 'BUDGET_USD_INVALID',
      text: `Invalid USD budget: ${usd} is not an amount of dollars greater than zero`,
    };
  return {
    kind: 'budget',
    budget: {
      time: time === null ? null : time.trim(),
      tokens: count?.toString() ?? null,
      picoUsd: picoUsd?.toString() ?? null,
    },
  };
}
