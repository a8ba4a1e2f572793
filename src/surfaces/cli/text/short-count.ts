/** A count in at most six characters: `950`, `12.3k`, `1.2M`. */
export function shortCount(count: bigint): string {
  const units = ['', 'k', 'M', 'G', 'T'] as const;
  let value = Number(count);
  let unit = 0;
  while (value >= 999.95 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return unit === 0 ? String(value) : `${value.toFixed(1)}${units[unit] ?? ''}`;
}
