/** Waits longer than this from now are not what a message meant. */
const LONGEST_MS = 8 * 86_400_000;
const UNIT_MS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/**
 * When a usage limit ends, from what an agent says about it: an RFC 3339 time, seconds since the epoch, a time of day
 * (UTC unless it says another offset), or a span such as `retry after 30 s`. Milliseconds since the epoch; null when it does not say.
 */
export function resetTime(text: string, nowMs: number): number | null {
  const found = absolute(text) ?? epoch(text) ?? span(text, nowMs) ?? timeOfDay(text, nowMs);
  return found !== null && found >= nowMs - 60_000 && found - nowMs <= LONGEST_MS ? Math.max(found, nowMs) : null;
}

function absolute(text: string): number | null {
  const found = /\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?/u.exec(text)?.[0];
  if (found === undefined) return null;
  const iso = found.replace(' ', 'T');
  const ms = Date.parse(/(?:Z|[+-]\d\d:?\d\d)$/u.test(iso) ? iso : `${iso}Z`);
  return Number.isNaN(ms) ? null : ms;
}

function epoch(text: string): number | null {
  const found = /(?:limit reached\||reset[s_a-z]*["']?\s*[:=]\s*["']?)(\d{10})(\d{3})?\b/iu.exec(text);
  return found?.[1] === undefined ? null : Number(found[1]) * 1000 + Number(found[2] ?? 0);
}

function span(text: string, nowMs: number): number | null {
  const found =
    /(?:retry[-_ ]?after|try again in|resets? in|available in|wait)["']?\s*[:=]?\s*["']?((?:\d+(?:\.\d+)?\s*(?:ms|milliseconds?|s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?)?[\s,]*(?:and\s+)?){1,4})/iu.exec(
      text,
    )?.[1];
  if (found === undefined) return null;
  let total = 0;
  for (const [, amount, unit] of found.matchAll(/(\d+(?:\.\d+)?)\s*(ms|milli|[smhd])?/giu)) {
    const key =
      unit === undefined ? 's' : unit.toLowerCase().startsWith('m') && unit.length > 1 ? 'ms' : unit.toLowerCase();
    total += Number(amount) * (UNIT_MS[key] ?? 1000);
  }
  return Number.isFinite(total) ? nowMs + Math.round(total) : null;
}

function timeOfDay(text: string, nowMs: number): number | null {
  const found =
    /(?:resets?|available|try again)(?: again)?(?: at)? (\d{1,2})(?::(\d\d))?\s*(am|pm)?(?:\s*\(?(UTC|GMT|Z)\)?)?(?![\d:])/iu.exec(
      text,
    );
  if (!found || (found[2] === undefined && found[3] === undefined)) return null;
  const half = found[3]?.toLowerCase();
  const hour = (Number(found[1]) % (half ? 12 : 24)) + (half === 'pm' ? 12 : 0);
  const day = Math.floor(nowMs / 86_400_000) * 86_400_000;
  const at = day + hour * 3_600_000 + Number(found[2] ?? 0) * 60_000;
  return at > nowMs ? at : at + 86_400_000;
}

const FIRST_MS = 30_000;
const MOST_MS = 15 * 60_000;

/** How long to wait when nobody says until when: longer each time, within bounds. `tries` from 0. */
export const backoffMs = (tries: number): number => Math.min(MOST_MS, FIRST_MS * 2 ** Math.min(10, Math.max(0, tries)));
