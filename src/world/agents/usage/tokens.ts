import { count, field, type Tokens } from './reader.ts';

/**
 * The protocol's `usage`: `inputTokens` without what was cached, `outputTokens` without the thoughts. Where the agent's
 * own total shows that some of these overlap, the total decides about each.
 */
export function protocolTokens(usage: unknown): Tokens | null {
  const input = count(field(usage, 'inputTokens'));
  const output = count(field(usage, 'outputTokens'));
  if (input === null && output === null) return null;
  const cached = (count(field(usage, 'cachedReadTokens')) ?? 0) + (count(field(usage, 'cachedWriteTokens')) ?? 0);
  const thought = count(field(usage, 'thoughtTokens')) ?? 0;
  const total = count(field(usage, 'totalTokens'));
  const rest = total === null ? null : total - (input ?? 0) - (output ?? 0);
  const [cachedBeside, thoughtBeside] = PARTS.find(([c, t]) => rest === (c ? cached : 0) + (t ? thought : 0)) ?? [
    true,
    true,
  ];
  return {
    inputTokens: input === null ? null : input + (cachedBeside ? cached : 0),
    cachedTokens: cached,
    outputTokens: output === null ? null : output + (thoughtBeside ? thought : 0),
  };
}

/** Whether what was cached, and the thoughts, come beside the input and the output. */
const PARTS: readonly (readonly [cached: boolean, thought: boolean])[] = [
  [false, false],
  [true, false],
  [false, true],
  [true, true],
];

/** Counts of which the input is told without what was read from and written to a cache, whatever they are called. */
export function besideCache(
  usage: unknown,
  names: { readonly input: string; readonly output: string; readonly read: string; readonly written: string },
): Tokens | null {
  const input = count(field(usage, names.input));
  const outputTokens = count(field(usage, names.output));
  if (input === null && outputTokens === null) return null;
  const cachedTokens = (count(field(usage, names.read)) ?? 0) + (count(field(usage, names.written)) ?? 0);
  return { inputTokens: input === null ? null : input + cachedTokens, cachedTokens, outputTokens };
}

/** A `token_count` of `_meta.quota`, in either spelling. Counts of the cache come beside the input when the total says so. */
export function quotaTokens(counted: unknown): Tokens | null {
  const input = count(field(counted, 'inputTokens') ?? field(counted, 'input_tokens'));
  const output = count(field(counted, 'outputTokens') ?? field(counted, 'output_tokens'));
  if (input === null && output === null) return null;
  const cached = (count(field(counted, 'cachedInputTokens')) ?? 0) + (count(field(counted, 'cachedWriteTokens')) ?? 0);
  const total = count(field(counted, 'totalTokens'));
  const beside = total !== null && total === (input ?? 0) + (output ?? 0) + cached;
  return {
    inputTokens: input === null ? null : input + (beside ? cached : 0),
    cachedTokens: cached,
    outputTokens: output,
  };
}
