import { usdFromNumber } from '../../../domain/budget/money.ts';
import { isRecord } from '../acp/message.ts';
import { count, field, report, type UsageReader } from './reader.ts';

/** Agents that end a turn with a line of type `result`: the sum for each model, what was cached beside the input, and the cost of the session (claude). */
export function resultSum(): UsageReader {
  return {
    read: (message) => {
      if (message.kind !== 'other' || field(message.value, 'type') !== 'result') return [];
      const models = field(message.value, 'modelUsage');
      const total = usdFromNumber(field(message.value, 'total_cost_usd'));
      const sums = Object.entries(isRecord(models) ? models : {}).flatMap(([model, usage], index) => {
        const fresh = count(field(usage, 'inputTokens'));
        const outputTokens = count(field(usage, 'outputTokens'));
        if (fresh === null && outputTokens === null) return [];
        const cachedTokens = (count(field(usage, 'cacheReadInputTokens')) ?? 0) + (count(field(usage, 'cacheCreationInputTokens')) ?? 0);
        return [report(`model-${index + 1}`, { inputTokens: fresh === null ? null : fresh + cachedTokens, cachedTokens, outputTokens }, { model, costToldElsewhere: total !== null })];
      });
      const nothing = { inputTokens: 0, cachedTokens: 0, outputTokens: 0 };
      return [...(total === null ? [] : [report(`cost-${total}`, nothing, { scope: 'session', totalPicoUsd: total })]), ...sums];
    },
  };
}
