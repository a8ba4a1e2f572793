/** How expensive a model is, in the words of 0.5.0. */
export type Tier = 'Budget' | 'Standard' | 'Premium';

const DOLLAR = 1_000_000_000_000n;

/** By the price of a million output tokens in pico-dollars: up to $5, up to $15, above. Null: nobody knows the price. */
export function tierOf(picoUsd: bigint | null): Tier {
  if (picoUsd === null) return 'Standard';
  if (picoUsd <= 5n * DOLLAR) return 'Budget';
  return picoUsd <= 15n * DOLLAR ? 'Standard' : 'Premium';
}
