import { answerOf, field, report, text, type UsageReader } from './reader.ts';
import { protocolTokens } from './tokens.ts';

/** Agents that tell the sum of a turn in the answer's `usage`. */
export function turnSum(): UsageReader {
  return {
    read: (message) => {
      const usage = field(answerOf(message), 'usage');
      const tokens = protocolTokens(usage);
      return tokens === null ? [] : [report('answer', tokens, { model: text(field(usage, 'model')) })];
    },
  };
}
