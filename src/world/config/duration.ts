const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };
const DAY_MS = 86_400_000;

/** `90s`, `30m`, `2h` or `1h30m` in milliseconds; null for anything else, for nothing and for more than a day. */
export function durationMs(text: string): number | null {
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h)/gu)];
  if (parts.length === 0 || parts.map(([whole]) => whole).join('') !== text) return null;
  const total = Math.round(parts.reduce((sum, [, amount, unit]) => sum + Number(amount) * (UNITS[unit ?? ''] ?? 0), 0));
  return total > 0 && total <= DAY_MS ? total : null;
}
