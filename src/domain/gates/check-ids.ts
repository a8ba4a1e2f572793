/** Names for `count` more checks: `check-1`, `check-2` and so on, without those that a gate has already. */
export function checkIds(count: number, taken: readonly string[]): readonly string[] {
  const ids: string[] = [];
  for (let n = 1; ids.length < count; n++) if (!taken.includes(`check-${n}`)) ids.push(`check-${n}`);
  return ids;
}
