import { usdFromNumber } from '../../../domain/budget/money.ts';
import { field, report, text, type UsageReader } from './reader.ts';
import { besideCache } from './tokens.ts';

/** Agents that tell each model call with its cost where a message of the model ends: `message_end` (pi). */
export function messageEnd(): UsageReader {
  let calls = 0;
  return {
    read: (message) => {
      const told = message.kind === 'other' ? message.value : null;
      const ended = field(told, 'message');
      if (field(told, 'type') !== 'message_end' || field(ended, 'role') !== 'assistant') return [];
      const usage = field(ended, 'usage');
      const tokens = besideCache(usage, { input: 'input', output: 'output', read: 'cacheRead', written: 'cacheWrite' });
      if (tokens === null) return [];
      calls += 1;
      const picoUsd = usdFromNumber(field(field(usage, 'cost'), 'total'));
      return [
        report(`call-${calls}`, tokens, {
          reporting: 'call',
          model: text(field(ended, 'model')),
          ...(picoUsd === null ? {} : { picoUsd }),
        }),
      ];
    },
  };
}
