import { answerOf, field, report, text, type UsageReader } from './reader.ts';
import { quotaTokens } from './tokens.ts';

/** Agents that tell the sum of a turn for each model in the answer: `_meta.quota.model_usage` (gemini, claude). */
export function quota(): UsageReader {
  return {
    read: (message) => {
      const told = field(field(answerOf(message), '_meta'), 'quota');
      const models = field(told, 'model_usage');
      const each = (Array.isArray(models) ? models : []).flatMap((entry: unknown, index) => {
        const tokens = quotaTokens(field(entry, 'token_count'));
        return tokens === null ? [] : [report(`model-${index + 1}`, tokens, { model: text(field(entry, 'model')) })];
      });
      if (each.length > 0) return each;
      const sum = quotaTokens(field(told, 'token_count'));
      return sum === null ? [] : [report('answer', sum)];
    },
  };
}
