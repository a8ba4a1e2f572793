import { count, field, report, text, type UsageReader } from './reader.ts';

/** Agents that end each message of the model with its usage, what was cached beside the input: lines of type `message_end` (pi). */
export function messageEnd(): UsageReader {
  let calls = 0;
  return {
    read: (line) => {
      if (line.kind !== 'other' || field(line.value, 'type') !== 'message_end') return [];
      const message = field(line.value, 'message');
      const usage = field(message, 'usage');
      const fresh = count(field(usage, 'input'));
      const outputTokens = count(field(usage, 'output'));
      if (fresh === null && outputTokens === null) return [];
      const cachedTokens = (count(field(usage, 'cacheRead')) ?? 0) + (count(field(usage, 'cacheWrite')) ?? 0);
      calls += 1;
      const tokens = { inputTokens: fresh === null ? null : fresh + cachedTokens, cachedTokens, outputTokens };
      return [report(`call-${calls}`, tokens, { reporting: 'call', model: text(field(message, 'model')) })];
    },
  };
}
