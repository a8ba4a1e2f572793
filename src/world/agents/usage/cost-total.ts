import { usdFromNumber } from '../../../domain/budget/money.ts';
import { field, report, updateOf, type UsageReader } from './reader.ts';

/** Agents that tell what the session cost so far: `usage_update.cost`, in US dollars. Another currency is not converted. */
export function costTotal(): UsageReader & { readonly told: () => boolean } {
  let before: bigint | null = null;
  return {
    told: () => before !== null,
    read: (message) => {
      const update = updateOf(message);
      if (update?.['sessionUpdate'] !== 'usage_update' || field(update['cost'], 'currency') !== 'USD') return [];
      const total = usdFromNumber(field(update['cost'], 'amount'));
      if (total === null || total === before) return [];
      before = total;
      // Tokens are told elsewhere, so this message adds none.
      return [
        report(
          `cost-${total}`,
          { inputTokens: 0, cachedTokens: 0, outputTokens: 0 },
          { reporting: 'call', totalPicoUsd: total, scope: 'session' },
        ),
      ];
    },
  };
}
