/** The known word that was probably meant; null when none is near. A word that begins another one is near it. */
export function nearest(word: string, known: readonly string[]): string | null {
  const plain = (text: string): string => text.toLowerCase().replace(/[-_ ]/g, '');
  const wanted = plain(word);
  if (wanted === '') return null;
  const [best] = known.map((each) => ({ each, away: distance(wanted, plain(each)) })).sort((a, b) => a.away - b.away);
  if (best && best.away <= Math.min(2, Math.floor(wanted.length / 2))) return best.each;
  return (
    known.find((each) => wanted.length >= 3 && (plain(each).startsWith(wanted) || wanted.startsWith(plain(each)))) ??
    null
  );
}

/** Edits of one character that lead from one text to the other; two letters in the wrong order are one edit. */
export function distance(a: string, b: string): number {
  const rows: number[][] = [];
  const at = (i: number, j: number): number => rows[i]?.[j] ?? 0;
  for (let i = 0; i <= a.length; i++) {
    const row: number[] = [];
    rows.push(row);
    for (let j = 0; j <= b.length; j++) {
      if (i === 0 || j === 0) row.push(i + j);
      else {
        const swapped =
          a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? at(i - 2, j - 2) + 1 : Number.POSITIVE_INFINITY;
        row.push(
          Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, at(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1), swapped),
        );
      }
    }
  }
  return at(a.length, b.length);
}
