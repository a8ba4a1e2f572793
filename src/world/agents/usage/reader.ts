import { isRecord } from '../../../domain/record.ts';
import type { UsageReport } from '../../../domain/budget/report.ts';
import { cleanLine } from '../../../domain/text/clean.ts';
import { type Incoming } from '../acp/message.ts';

/** One way in which agents tell what they used: folds the messages of a turn into reports. */
export interface UsageReader {
  read(message: Incoming): readonly UsageReport[];
}

export type Fields = Readonly<Record<string, unknown>>;

/** The `session/update` a message carries, or null. */
export const updateOf = (message: Incoming): Fields | null => {
  if (message.kind !== 'notification' || message.method !== 'session/update' || !isRecord(message.params)) return null;
  const { update } = message.params;
  return isRecord(update) ? update : null;
};

/** The answer to the prompt, or null: the only result with a stop reason. */
export const answerOf = (message: Incoming): Fields | null =>
  message.kind === 'result' && isRecord(message.result) && typeof message.result['stopReason'] === 'string'
    ? message.result
    : null;

export const field = (value: unknown, name: string): unknown => (isRecord(value) ? value[name] : undefined);

/** A count an agent told; null when it is none. */
export const count = (value: unknown): number | null =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : null;

export const text = (value: unknown): string | null =>
  typeof value === 'string' && value !== '' && value.length <= 200 ? cleanLine(value) || null : null;

/** Counts of one report: input with what was cached, output with the reasoning. Null when neither was told. */
export interface Tokens {
  readonly inputTokens: number | null;
  readonly cachedTokens: number | null;
  readonly outputTokens: number | null;
}

export const report = (message: string, tokens: Tokens, more: Partial<UsageReport> = {}): UsageReport => ({
  message,
  scope: 'turn',
  reporting: 'turn',
  model: null,
  totalPicoUsd: null,
  costToldElsewhere: false,
  ...tokens,
  ...more,
});
