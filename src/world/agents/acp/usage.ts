import { isRecord } from '../../../domain/record.ts';
import type { ClaimedUsage } from '../../../domain/agents/agent.ts';

/** What a prompt's answer says about tokens: `usage`, or the `_meta.quota` of older agents. */
export function usageOfAnswer(answer: unknown): ClaimedUsage {
  if (!isRecord(answer)) return {};
  const direct = tokens(answer['usage']);
  if (Object.keys(direct).length > 0) return direct;
  const quota = isRecord(answer['_meta']) ? answer['_meta']['quota'] : null;
  return tokens(isRecord(quota) ? quota['token_count'] : null);
}

/** Some agents tell the tokens of each model call with a piece of text: added to what was told before. */
export function usageOfChunk(before: ClaimedUsage, update: Readonly<Record<string, unknown>>): ClaimedUsage {
  const call = tokens(isRecord(update['_meta']) ? update['_meta']['usage'] : null);
  return claim(plus(before.inputTokens, call.inputTokens), plus(before.outputTokens, call.outputTokens));
}

function tokens(value: unknown): ClaimedUsage {
  if (!isRecord(value)) return {};
  return claim(
    count(value['inputTokens'] ?? value['input_tokens']),
    count(value['outputTokens'] ?? value['output_tokens']),
  );
}

const claim = (inputTokens: number | undefined, outputTokens: number | undefined): ClaimedUsage => ({
  ...(inputTokens === undefined ? {} : { inputTokens }),
  ...(outputTokens === undefined ? {} : { outputTokens }),
});

const count = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined;

const plus = (a: number | undefined, b: number | undefined): number | undefined =>
  a === undefined && b === undefined ? undefined : (a ?? 0) + (b ?? 0);
