import { answerOf, field, report, updateOf, type UsageReader } from './reader.ts';
import { protocolTokens } from './tokens.ts';

/**
 * Agents whose answer tells only the last model call of the turn (opencode). A turn with a tool call had others, and
 * what those used is unknown.
 */
export function lastCall(): UsageReader {
  let tools = false;
  return {
    read: (message) => {
      if (updateOf(message)?.['sessionUpdate'] === 'tool_call') tools = true;
      const answer = answerOf(message);
      const tokens = protocolTokens(field(answer, 'usage'));
      if (answer === null || tokens === null) return [];
      const rest = { inputTokens: null, cachedTokens: null, outputTokens: null };
      return [report('last-call', tokens), ...(tools ? [report('other-calls', rest, { reporting: 'unknown' })] : [])];
    },
  };
}
