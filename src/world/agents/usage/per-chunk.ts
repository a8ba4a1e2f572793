import { count, field, report, text, updateOf, type UsageReader } from './reader.ts';

/** Agents that tell each model call with a piece of text: `agent_message_chunk._meta.usage` (qwen). */
export function perChunk(): UsageReader {
  let calls = 0;
  return {
    read: (message) => {
      const update = updateOf(message);
      if (update?.['sessionUpdate'] !== 'agent_message_chunk') return [];
      const usage = field(update['_meta'], 'usage');
      const inputTokens = count(field(usage, 'inputTokens'));
      const outputTokens = count(field(usage, 'outputTokens'));
      if (inputTokens === null && outputTokens === null) return [];
      calls += 1;
      const cachedTokens = count(field(usage, 'cachedReadTokens')) ?? count(field(usage, 'cachedTokens'));
      return [
        report(
          `call-${calls}`,
          { inputTokens, cachedTokens, outputTokens },
          { reporting: 'call', model: text(field(usage, 'model')) },
        ),
      ];
    },
  };
}
