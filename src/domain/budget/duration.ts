import { U64_MAX } from './integer.ts';

const UNITS = { s: 1n, m: 60n, h: 3600n, d: 86_400n } as const;

/**
 * Whole seconds of a duration: an unsigned integer, then `s`, `m`, `h` or `d` in either case, seconds without one.
 * Null for anything else and for more than 64 bits of seconds.
 */
export function parseDuration(text: string): bigint | null {
  // Letter by letter: ignoring case, `u` takes a long s for an s.
  const found = /^\+?(\d{1,400})\s*([smhdSMHD])?$/u.exec(text.trim());
  if (!found?.[1]) return null;
  const unit = (found[2]?.toLowerCase() ?? 's') as keyof typeof UNITS;
  const seconds = BigInt(found[1]) * UNITS[unit];
  return seconds <= U64_MAX ? seconds : null;
}

/** Seconds in the largest unit that divides them: `120m` is `2h`, 5400 s is `90m`, nothing is `0s`. */
export function formatDuration(seconds: bigint): string {
  if (seconds === 0n) return '0s';
  for (const unit of ['d', 'h', 'm'] as const)
    if (seconds % UNITS[unit] === 0n) return `${seconds / UNITS[unit]}${unit}`;
  return `${seconds}s`;
}
