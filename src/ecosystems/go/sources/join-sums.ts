/**
 * The `go.sum` of two sides: every checksum of both, in the order of Go. What a merged `go.mod` selects is what one of them had
 * selected, and a checksum too many changes nothing. Null where they disagree about one.
 */
export function joinSums(ours: string, theirs: string): string | null {
  const sums = new Map<string, string>();
  for (const line of `${ours}\n${theirs}`.split('\n')) {
    const [module = '', version = '', sum, ...more] = line.trim().split(/\s+/);
    if (module === '') continue;
    const key = `${module} ${version}`;
    if (sum === undefined || more.length > 0 || (sums.get(key) ?? sum) !== sum) return null;
    sums.set(key, sum);
  }
  const lines = [...sums].toSorted(([one], [other]) => compare(one, other)).map(([key, sum]) => `${key} ${sum}\n`);
  return lines.join('');
}

/** By module, then by version: numbers as numbers. */
function compare(one: string, other: string): number {
  const [[a = '', x = ''], [b = '', y = '']] = [one.split(' '), other.split(' ')];
  if (a !== b) return a < b ? -1 : 1;
  const [left, right] = [parts(x), parts(y)];
  for (const [index, part] of left.entries()) {
    const beside = right[index];
    if (beside === undefined) return 1;
    if (part === beside) continue;
    const isNumber = /^\d/.test(part) && /^\d/.test(beside);
    return (isNumber ? Number(part) < Number(beside) : part < beside) ? -1 : 1;
  }
  return left.length - right.length;
}

const parts = (version: string): readonly string[] => version.match(/\d+|\D+/g) ?? [];
