import { parseNodes } from '../hook/settings/json-nodes.ts';

type Place = readonly (string | number)[];

/** The line, from 1, of a place in a plan; of what holds it where it is not there itself. Points at it, and decides nothing. */
export const lineOf = (text: string, isJson: boolean, at: Place): number =>
  isJson ? jsonLine(text, at) : tomlLine(text, at);

function jsonLine(text: string, at: Place): number {
  let node = parseNodes(text);
  let start = node?.start ?? 0;
  for (const key of at) {
    const child = node?.children?.find((each) => each.key === String(key));
    if (child === undefined) break;
    start = child.start;
    node = child.node;
  }
  return text.slice(0, start).split('\n').length;
}

/** The TOML parser keeps no positions, so this reads the headers of tables itself. */
function tomlLine(text: string, [list, index, key]: Place): number {
  const lines = text.split('\n');
  const find = (pattern: RegExp, from: number, to: number): number | null => {
    const found = lines.findIndex((line, each) => each >= from && each < to && pattern.test(line));
    return found < 0 ? null : found;
  };
  const name = escaped(String(list ?? ''));
  const header = new RegExp(String.raw`^\s*\[\[\s*["']?${name}["']?\s*\]\]`);
  const headers = lines.flatMap((line, each) => (header.test(line) ? [each] : []));
  const start = typeof index === 'number' ? headers[index] : headers[0];
  if (start === undefined)
    return 1 + (find(new RegExp(String.raw`^\s*\[?["']?${name}["']?\s*[=\]]`), 0, lines.length) ?? 0);
  const end = find(/^\s*\[/, start + 1, lines.length) ?? lines.length;
  const wanted =
    key === undefined ? null : find(new RegExp(String.raw`^\s*["']?${escaped(String(key))}["']?\s*=`), start + 1, end);
  return 1 + (wanted ?? start);
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
