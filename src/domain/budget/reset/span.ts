const UNIT_MS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 7 * 86_400_000,
};
const UNIT = String.raw`(?:milliseconds?|millis|msecs?|ms|seconds?|secs?|s|minutes?|mins?|m|hours?|hrs?|h|days?|d|weeks?|w)`;
const PART = String.raw`\d{1,12}(?:\.\d{1,9})?\s*${UNIT}(?![a-z])|\d{1,12}(?:\.\d{1,9})?\s*${UNIT}(?=\d)`;

/** Source of a pattern for a span: `39s`, `4h12m33.5s`, `2 hours, 14 minutes and 3 seconds`. */
export const SPAN = String.raw`(?:${PART})(?:(?:\s*,?\s*(?:and\s+)?)(?:${PART})){0,5}`;

/** A text that `SPAN` matches, in milliseconds. */
export function spanMs(text: string): number {
  const parts = text.matchAll(new RegExp(String.raw`(\d+(?:\.\d+)?)\s*(${UNIT})`, 'giu'));
  return Math.round([...parts].reduce((sum, [, amount, unit = 's']) => sum + Number(amount) * unitMs(unit), 0));
}

function unitMs(unit: string): number {
  const short = unit.toLowerCase();
  if (/^m(?:s|illi)/u.test(short)) return 1;
  return UNIT_MS[short.charAt(0)] ?? 1000;
}
