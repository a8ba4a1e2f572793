const UNITS = ['B', 'KB', 'MB', 'GB', 'TB'] as const;

/** `12 KB`, `1.4 GB`: powers of 1000, at most three digits. */
export function showBytes(bytes: number): string {
  let [value, unit] = [bytes, 0];
  while (value >= 1000 && unit < UNITS.length - 1) [value, unit] = [value / 1000, unit + 1];
  return `${value < 10 && unit > 0 ? value.toFixed(1) : Math.round(value)} ${UNITS[unit]}`;
}
