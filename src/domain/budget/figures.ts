import { parseDuration } from './duration.ts';
import { saturatingSub, storedInteger } from './integer.ts';

/** The three budgets as a log holds them: duration as given, tokens and pico-dollars as decimal text. Null: no limit. */
export interface StoredBudget {
  readonly time: string | null;
  readonly tokens: string | null;
  readonly picoUsd: string | null;
}

export const NO_BUDGET: StoredBudget = { time: null, tokens: null, picoUsd: null };

/** Limits as numbers: seconds, tokens, pico-dollars. */
export interface Limits {
  readonly time: { readonly text: string; readonly secs: bigint } | null;
  readonly tokens: bigint | null;
  readonly picoUsd: bigint | null;
}

/** What was spent since the goal was created: whole seconds, tokens, pico-dollars that are known. */
export interface Used {
  readonly secs: bigint;
  readonly tokens: bigint;
  readonly picoUsd: bigint;
}

export type LimitsResult =
  | { readonly kind: 'limits'; readonly limits: Limits }
  | { readonly kind: 'invalid'; readonly text: string };

/** Stored limits as numbers. A duration that does not parse is invalid, never "no limit". */
export function limitsOf(stored: StoredBudget): LimitsResult {
  const secs = stored.time === null ? null : parseDuration(stored.time);
  if (stored.time !== null && secs === null)
    return { kind: 'invalid', text: `Invalid budget duration: ${stored.time}` };
  const counts = [stored.tokens, stored.picoUsd].find((text) => text !== null && !/^\d{1,400}$/u.test(text));
  if (counts !== undefined && counts !== null) return { kind: 'invalid', text: `Invalid stored budget: ${counts}` };
  return {
    kind: 'limits',
    limits: {
      time: stored.time !== null && secs !== null ? { text: stored.time, secs } : null,
      tokens: stored.tokens === null ? null : storedInteger(stored.tokens),
      picoUsd: stored.picoUsd === null ? null : storedInteger(stored.picoUsd),
    },
  };
}

export const storeLimits = (limits: Limits): StoredBudget => ({
  time: limits.time?.text ?? null,
  tokens: limits.tokens?.toString() ?? null,
  picoUsd: limits.picoUsd?.toString() ?? null,
});

/** What is left of each budget, never below zero; null where there is no limit. */
export const remainingOf = (
  limits: Limits,
  used: Used,
): { readonly secs: bigint | null; readonly tokens: bigint | null; readonly picoUsd: bigint | null } => ({
  secs: limits.time && saturatingSub(limits.time.secs, used.secs),
  tokens: limits.tokens === null ? null : saturatingSub(limits.tokens, used.tokens),
  picoUsd: limits.picoUsd === null ? null : saturatingSub(limits.picoUsd, used.picoUsd),
});

/**
 * Whole seconds since a goal was created. A clock that was set back gives no time back: never negative, and never
 * less than was recorded before. Milliseconds in, seconds out.
 */
export function elapsedSecs(createdMs: number, nowMs: number, recorded: bigint): bigint {
  const seconds = Number.isFinite(nowMs - createdMs) ? BigInt(Math.max(0, Math.floor((nowMs - createdMs) / 1000))) : 0n;
  return seconds > recorded ? seconds : recorded;
}
