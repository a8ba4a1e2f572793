const SECONDS = { h: 3600, m: 60, s: 1 };

/** '1h 30m' → 5400. Throws a RangeError for anything it does not understand. */
export function parseDuration(text) {
  const parts = text.trim().split(/\s+/);
  let seconds = 0;
  for (const part of parts) {
    const match = /^(\d+)([hms])$/.exec(part);
    if (match === null) throw new RangeError(`not a duration: ${text}`);
    seconds = Number(match[1]) * SECONDS[match[2]];
  }
  return seconds;
}
