import type { ErrorCode } from '../error-code.ts';
import { formatDuration, parseDuration } from './duration.ts';
import type { Limits, Used } from './figures.ts';
import { checkedAdd, parseU64 } from './integer.ts';
import { addUsd, parseUsd } from './money.ts';

/** Amounts as given on the command line; null: not given. */
export interface ExtensionRequest {
  readonly time: string | null;
  readonly tokens: string | null;
  readonly usd: string | null;
}

interface Added {
  readonly time: { readonly text: string; readonly secs: bigint } | null;
  readonly tokens: bigint | null;
  readonly picoUsd: bigint | null;
}

export type Extension =
  | { readonly kind: 'extended'; readonly limits: Limits; readonly added: Added }
  | { readonly kind: 'refused'; readonly code: ErrorCode; readonly text: string };

export const NOTHING_TO_ADD = 'Provide at least one budget extension: --time, --tokens, or --usd';

export const isEmptyRequest = (request: ExtensionRequest): boolean =>
  request.time === null && request.tokens === null && request.usd === null;

/**
 * Limits after an extension, all of it or nothing: each new total is what was there or used so far, whichever is
 * more, and the amount added; no limit becomes used so far and the amount. Refused in the order time, tokens, USD.
 */
export function extend(limits: Limits, used: Used, request: ExtensionRequest): Extension {
  if (isEmptyRequest(request)) return refused('BUDGET_NOTHING_TO_ADD', NOTHING_TO_ADD);
  const time = request.time === null ? null : extendTime(limits, used, request.time);
  if (time !== null && 'kind' in time) return time;
  const tokens = request.tokens === null ? null : extendTokens(limits, used, request.tokens);
  if (tokens !== null && 'kind' in tokens) return tokens;
  const usd = request.usd === null ? null : extendUsd(limits, used, request.usd);
  if (usd !== null && 'kind' in usd) return usd;
  return {
    kind: 'extended',
    limits: {
      time: time?.total ?? limits.time,
      tokens: tokens?.total ?? limits.tokens,
      picoUsd: usd?.total ?? limits.picoUsd,
    },
    added: { time: time?.added ?? null, tokens: tokens?.added ?? null, picoUsd: usd?.added ?? null },
  };
}

type Step<Total, Amount> = { readonly total: Total; readonly added: Amount } | Extract<Extension, { kind: 'refused' }>;

function extendTime(
  limits: Limits,
  used: Used,
  text: string,
): Step<NonNullable<Limits['time']>, NonNullable<Added['time']>> {
  const secs = parseDuration(text);
  if (secs === null || secs === 0n) return refused('BUDGET_TIME_INVALID', `Invalid budget duration: ${text}`);
  const total = checkedAdd(larger(limits.time?.secs ?? used.secs, used.secs), secs);
  if (total === null) return refused('BUDGET_OVERFLOW', 'Goal budget duration overflowed');
  return { total: { text: formatDuration(total), secs: total }, added: { text, secs } };
}

function extendTokens(limits: Limits, used: Used, text: string): Step<bigint, bigint> {
  // More than the largest is more than any budget can hold.
  if (/^\+?\d+$/u.test(text.trim()) && parseU64(text) === null)
    return refused('BUDGET_OVERFLOW', 'Goal token budget overflowed');
  const tokens = parseU64(text);
  if (tokens === null || tokens === 0n)
    return refused('BUDGET_TOKENS_INVALID', 'Invalid token budget extension: tokens must be greater than zero');
  const total = checkedAdd(larger(limits.tokens ?? used.tokens, used.tokens), tokens);
  return total === null ? refused('BUDGET_OVERFLOW', 'Goal token budget overflowed') : { total, added: tokens };
}

function extendUsd(limits: Limits, used: Used, text: string): Step<bigint, bigint> {
  const picoUsd = parseUsd(text);
  if (picoUsd === null || picoUsd === 0n)
    return refused('BUDGET_USD_INVALID', 'Invalid USD budget extension: usd must be greater than zero');
  const total = addUsd(larger(limits.picoUsd ?? used.picoUsd, used.picoUsd), picoUsd);
  return total === null ? refused('BUDGET_OVERFLOW', 'Goal USD budget overflowed') : { total, added: picoUsd };
}

const larger = (a: bigint, b: bigint): bigint => (a > b ? a : b);

const refused = (code: ErrorCode, text: string): Extract<Extension, { kind: 'refused' }> => ({
  kind: 'refused',
  code,
  text,
});
