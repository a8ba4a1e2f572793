import { count, field, report, type UsageReader } from './reader.ts';

/** Agents that tell each model call of a thread: `thread/tokenUsage/updated` with `last` (codex app-server). Its input has what was cached. */
export function threadCall(): UsageReader {
  let calls = 0;
  return {
    read: (message) => {
      if (message.kind !== 'notification' || message.method !== 'thread/tokenUsage/updated') return [];
      const last = field(field(message.params, 'tokenUsage'), 'last');
      const inputTokens = count(field(last, 'inputTokens'));
      const outputTokens = count(field(last, 'outputTokens'));
      if (inputTokens === null && outputTokens === null) return [];
      calls += 1;
      return [report(`call-${calls}`, { inputTokens, cachedTokens: count(field(last, 'cachedInputTokens')), outputTokens }, { reporting: 'call' })];
    },
  };
}
