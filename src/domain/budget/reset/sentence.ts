import { clockMs } from './clock.ts';
import { DATE, dateMs } from './date.ts';
import { SPAN, spanMs } from './span.ts';
import type { Offset } from './zone.ts';

/** Words before a time that make it the end of a limit. */
const CUE =
  String.raw`(?:reset|resets|resetting|retry|retrying|try again|available|available ` +
  String.raw`again|renews?|refreshes|refresh|until|wait|try it again|come back|again)`;
const LINK = String.raw`(?:\s*[:=,]?\s*(?:at|on|in|after|about|approximately|around|for|by|another|~))*\s*["'(]?\s*`;

/** When a sentence says that a limit ends, read from the words after a cue: a date, a span, or a time of day. */
export function sentenceTimes(text: string, nowMs: number, zone: Offset): readonly number[] {
  return [...text.matchAll(new RegExp(String.raw`\b${CUE}\b${LINK}`, 'giu'))].flatMap((found) => {
    const rest = text.slice(found.index + found[0].length, found.index + found[0].length + 100);
    return afterCue(rest, found[0], nowMs, zone) ?? [];
  });
}

function afterCue(rest: string, cue: string, nowMs: number, zone: Offset): number | null {
  const date = at(DATE, rest);
  if (date !== null) return dateMs(date, zone);
  const span = at(SPAN, rest);
  if (span !== null) return nowMs + spanMs(span);
  const bare = at(String.raw`\d{10}(?:\d{3})?(?!\d)`, rest);
  if (bare !== null) return bare.length === 10 ? Number(bare) * 1000 : Number(bare);
  // "retry after 30", "wait 30": seconds, as in the header.
  const seconds = /(?:retry|wait|after|in)\W*$/iu.test(cue)
    ? at(String.raw`\d{1,6}(?:\.\d+)?(?=\s*(?:[.,;)"'}\]]|$))`, rest)
    : null;
  if (seconds !== null) return nowMs + Math.round(Number(seconds) * 1000);
  return clockMs(rest, nowMs, zone);
}

const at = (pattern: string, text: string): string | null =>
  new RegExp(`^(?:${pattern})`, 'iu').exec(text)?.[0] ?? null;
