/**
 * The line, from 1, where a key of the n-th `[[gates]]` table stands; else the line of that table; else 1.
 * The TOML parser keeps no positions, so this reads the headers itself: good enough to point at, never used to decide.
 */
export function lineOf(text: string, gate: number | null, key: string | null): number {
  const lines = text.split('\n');
  if (gate === null) return key === null ? 1 : (findKey(lines, 0, lines.length, key) ?? 1);
  const headers = lines.flatMap((line, index) => (/^\s*\[\[\s*["']?gates["']?\s*\]\]/.test(line) ? [index] : []));
  const start = headers[gate];
  if (start === undefined) return 1;
  return (key === null ? null : findKey(lines, start + 1, headers[gate + 1] ?? lines.length, key)) ?? start + 1;
}

function findKey(lines: readonly string[], from: number, to: number, key: string): number | null {
  const name = key.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const pattern = new RegExp(`^\\s*(?:\\[+\\s*(?:gates\\.)?)?["']?${name}["']?\\s*[=.\\]]`);
  for (let index = from; index < to; index++) if (pattern.test(lines[index] ?? '')) return index + 1;
  return null;
}
