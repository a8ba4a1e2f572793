/** Tokens of one report: cached ones are part of the input. */
export interface PricedTokens {
  readonly input: number;
  readonly cached: number;
  readonly output: number;
}

export interface Prices {
  /** What tokens of a model cost, in pico-dollars, and who says so. Null: nobody knows this model. */
  cost(
    model: string,
    tokens: PricedTokens,
  ): Promise<{ readonly picoUsd: bigint; readonly priced: 'prices' | 'config' } | null>;
  /** Where prices come from, with its date, for people. */
  readonly source: string;
}
