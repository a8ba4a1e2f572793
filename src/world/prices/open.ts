import { parseUsd, usdFromNumber } from '../../domain/budget/money.ts';
import type { ModelPrice } from '../config/port.ts';
import type { PricedTokens, Prices } from './port.ts';

/** The price list that is bundled, and the day it was published. */
const LIST = { name: '@pydantic/genai-prices 0.1.8', date: '2026-09-23' } as const;

/** The user's own prices first, then the bundled list; loaded when the first price is asked for. No network. */
export function openPrices(own: Readonly<Record<string, ModelPrice>>): Prices {
  return {
    source: `${LIST.name} of ${LIST.date}`,
    cost: async (model, tokens) => {
      const price = Object.hasOwn(own, model) ? own[model] : undefined;
      if (price) return { picoUsd: priceOf(price, tokens), priced: 'config' };
      const picoUsd = await listed(model, tokens);
      return picoUsd === null ? null : { picoUsd, priced: 'prices' };
    },
  };
}

const MILLION = 1_000_000n;

function priceOf(price: ModelPrice, { input, cached, output }: PricedTokens): bigint {
  const per = (dollarsPerMillion: number): bigint => parseUsd(dollarsPerMillion.toString()) ?? 0n;
  const fresh = BigInt(Math.max(0, input - cached));
  return (
    (fresh * per(price.input) +
      BigInt(cached) * per(price.cached ?? price.input) +
      BigInt(output) * per(price.output)) /
    MILLION
  );
}

/** Null for a model the list does not know, and for a usage it cannot price: never a guess. */
async function listed(model: string, { input, cached, output }: PricedTokens): Promise<bigint | null> {
  const { calcPrice } = await import('@pydantic/genai-prices');
  try {
    const found = calcPrice({ input_tokens: input, cache_read_tokens: cached, output_tokens: output }, model);
    return found === null ? null : usdFromNumber(found.total_price);
  } catch {
    return null;
  }
}
