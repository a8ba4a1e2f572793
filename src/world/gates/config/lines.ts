/**
 * The line, from 1, where a key of a `[[gates]]` table, or of one of its services, stands; else the line of that table; else 1.
 * The TOML parser keeps no positions, so this reads the headers itself: good enough to point at, never used to decide.
 */
export function lineOf(
  text: string,
  at: { readonly gate: number | null; readonly service?: number | null; readonly key: string | null },
): number {
  const lines = text.split('\n');
  const { gate, service = null, key } = at;
  const find = (from: number, to: number): number | null => (key === null ? null : findKey(lines, from, to, key));
  if (gate === null) return find(0, lines.length) ?? 1;
  const tables = headers(lines, GATES, 0, lines.length);
  const start = tables[gate];
  if (start === undefined) return 1;
  const end = tables[gate + 1] ?? lines.length;
  const services = headers(lines, SERVICES, start, end);
  if (service === null) return find(start + 1, services[0] ?? end) ?? find(start + 1, end) ?? start + 1;
  const from = services[service];
  return from === undefined ? start + 1 : (find(from + 1, services[service + 1] ?? end) ?? from + 1);
}

const GATES = /^\s*\[\[\s*["']?gates["']?\s*\]\]/;
const SERVICES = /^\s*\[\[\s*["']?gates["']?\s*\.\s*["']?services["']?\s*\]\]/;

const headers = (lines: readonly string[], header: RegExp, from: number, to: number): readonly number[] =>
  lines.flatMap((line, index) => (index >= from && index < to && header.test(line) ? [index] : []));

function findKey(lines: readonly string[], from: number, to: number, key: string): number | null {
  const name = key.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const pattern = new RegExp(`^\\s*(?:\\[+\\s*(?:gates\\.)?)?["']?${name}["']?\\s*[=.\\]]`);
  for (let index = from; index < to; index++) if (pattern.test(lines[index] ?? '')) return index + 1;
  return null;
}
