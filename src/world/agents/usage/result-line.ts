import { isRecord } from '../../../domain/record.ts';
import { usdFromNumber } from '../../../domain/budget/money.ts';
import { field, report, type UsageReader } from './reader.ts';
import { besideCache } from './tokens.ts';

/** Agents whose last line of a turn tells its sum and what the session cost so far: `result` (claude with stream-json). */
export function resultLine(): UsageReader {
  return {
    read: (message) => {
      const told = message.kind === 'other' ? message.value : null;
      if (field(told, 'type') !== 'result') return [];
      const tokens = besideCache(field(told, 'usage'), {
        input: 'input_tokens',
        output: 'output_tokens',
        read: 'cache_read_input_tokens',
        written: 'cache_creation_input_tokens',
      });
      if (tokens === null) return [];
      const byModel = field(told, 'modelUsage');
      const models = isRecord(byModel) ? Object.keys(byModel) : [];
      const [model = null] = models.length === 1 ? models : [];
      return [report('result', tokens, { model, totalPicoUsd: usdFromNumber(field(told, 'total_cost_usd')) })];
    },
  };
}
