import { isRecord } from '../../../domain/record.ts';
import { count, field, report, type UsageReader } from './reader.ts';

/** Agents that tell the last call beside the total of the session: `thread/tokenUsage/updated` (codex app-server). */
export function threadTotal(): UsageReader {
  return {
    read: (message) => {
      if (message.kind !== 'notification' || message.method !== 'thread/tokenUsage/updated') return [];
      const usage = field(message.params, 'tokenUsage');
      const last = field(usage, 'last');
      const total = count(field(field(usage, 'total'), 'totalTokens'));
      const inputTokens = count(field(last, 'inputTokens'));
      const outputTokens = count(field(last, 'outputTokens'));
      if (!isRecord(last) || total === null || (inputTokens === null && outputTokens === null)) return [];
      // What was cached and what was reasoned is part of the two. The total names the call: the same one told again has the same.
      const cachedTokens = (count(last['cachedInputTokens']) ?? 0) + (count(last['cacheWriteInputTokens']) ?? 0);
      return [
        report(`total-${total}`, { inputTokens, cachedTokens, outputTokens }, { reporting: 'call', scope: 'session' }),
      ];
    },
  };
}
