import { DATE, dateMs } from './date.ts';
import { SPAN, spanMs } from './span.ts';
import type { Offset } from './zone.ts';

/**
 * A field of a header or of JSON that says when a limit ends. A plain number counts in `unit` from now, unless
 * it is as long as a time since the epoch.
 */
interface Field {
  readonly name: string;
  readonly unit: 's' | 'ms';
}

const field = (name: string, unit: 's' | 'ms' = 's'): Field => ({ name, unit });

/**
 * What the providers document, the most exact first. Fields of one row are about several limits, of which the last to
 * end counts.
 */
export const FIELDS: readonly (readonly Field[])[] = [
  // OpenAI and Azure, read by their own libraries before the next.
  [
    field('retry-after-ms', 'ms'),
    field('x-ms-retry-after-ms', 'ms'),
    field('retry_after_ms', 'ms'),
    field('retryAfterMs', 'ms'),
  ],
  // RFC 9110: seconds or a date.
  [
    field('retry-after'),
    field('retry_after'),
    field('retryAfter'),
    field('retry_after_seconds'),
    field('retryAfterSeconds'),
  ],
  // google.rpc.RetryInfo, and what Gemini's subscription adds.
  [field('retryDelay'), field('retry_delay')],
  [field('quotaResetTimeStamp'), field('quotaResetDelay')],
  // ChatGPT plans in codex.
  [field('resets_in_seconds'), field('resetsInSeconds'), field('reset_after_seconds'), field('resets_after_seconds')],
  [field('resets_at'), field('resetsAt'), field('reset_at'), field('resetAt'), field('reset_time'), field('resetTime')],
  // Anthropic.
  [field('anthropic-ratelimit-unified-reset')],
  [
    field('anthropic-ratelimit-requests-reset'),
    field('anthropic-ratelimit-tokens-reset'),
    field('anthropic-ratelimit-input-tokens-reset'),
    field('anthropic-ratelimit-output-tokens-reset'),
  ],
  // OpenAI and those that speak like it, OpenRouter, the draft of the IETF.
  [field('x-ratelimit-reset-requests'), field('x-ratelimit-reset-tokens')],
  [field('x-ratelimit-reset'), field('ratelimit-reset')],
];

/** Longest texts first, so that a date is not read as a number. */
const VALUE =
  String.raw`(?<date>${DATE})|(?<span>${SPAN})|\{\s*\\?["']?seconds\\?["']?\s*:\s*\\?["']?(?<object>\d{1,` +
  String.raw`10})|(?<number>\d{1,16}(?:\.\d{1,9})?)(?![\d:/-])`;

/** When each field of a row ends that the text holds, in milliseconds since the epoch. */
export function fieldTimes(text: string, row: readonly Field[], nowMs: number, zone: Offset): readonly number[] {
  return row.flatMap(({ name, unit }) => {
    const pattern = new RegExp(String.raw`(?<![\w-])${name}\\?["']?\s*[:=]\s*\\?["']?\s*(?:${VALUE})`, 'giu');
    return [...text.matchAll(pattern)].flatMap(({ groups }) => valueMs(groups ?? {}, unit, nowMs, zone) ?? []);
  });
}

function valueMs(
  groups: Readonly<Record<string, string | undefined>>,
  unit: 's' | 'ms',
  nowMs: number,
  zone: Offset,
): number | null {
  const { date, span, object, number } = groups;
  if (date !== undefined) return dateMs(date, zone);
  if (span !== undefined) return nowMs + spanMs(span);
  if (object !== undefined) return nowMs + Number(object) * 1000;
  return number === undefined ? null : numberMs(number, unit, nowMs);
}

/** A count from now, or seconds or milliseconds since the epoch by their length. */
function numberMs(text: string, unit: 's' | 'ms', nowMs: number): number {
  const value = Number(text);
  if (value >= 1e12) return Math.round(value);
  if (value >= 1e9 && unit === 's') return Math.round(value * 1000);
  return nowMs + Math.round(value * (unit === 's' ? 1000 : 1));
}
