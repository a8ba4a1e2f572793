import { skip, type Node } from './json-nodes.ts';

/** Puts a member or an item behind the last one; everything else stays byte for byte. */
export function insertInto(text: string, container: Node, key: string | null, value: unknown): string {
  const named = (unit: string | number): string =>
    `${key === null ? '' : `${JSON.stringify(key)}: `}${JSON.stringify(value, null, unit)}`;
  const last = container.children?.at(-1);
  const outer = indentAt(text, container.start) ?? '';
  if (last === undefined) {
    const inner = outer + unitOf(text);
    const line = named(unitOf(text)).replaceAll('\n', `\n${inner}`);
    const before = text.slice(0, container.end - 1).trimEnd();
    return `${before}\n${inner}${line}\n${outer}${text.slice(container.end - 1)}`;
  }
  const after = skip(text, last.node.end);
  const at = text[after] === ',' ? after + 1 : last.node.end;
  const comma = text[after] === ',' ? '' : ',';
  const indent = indentAt(text, last.start);
  const piece = indent === null ? ` ${named(0)}` : `\n${indent}${named(unitOf(text)).replaceAll('\n', `\n${indent}`)}`;
  return `${text.slice(0, at)}${comma}${piece}${text.slice(at)}`;
}

/** Takes a member or an item out. */
export function removeFrom(text: string, container: Node, index: number): string {
  const children = container.children ?? [];
  const [before, it, next] = [children[index - 1], children[index], children[index + 1]];
  if (it === undefined) return text;
  if (before !== undefined) return text.slice(0, before.node.end) + text.slice(it.node.end);
  if (next !== undefined) return text.slice(0, it.start) + text.slice(next.start);
  return text.slice(0, container.start + 1) + text.slice(container.end - 1);
}

/** What stands before something that begins its line; null where it does not. */
function indentAt(text: string, at: number): string | null {
  const line = text.slice(text.lastIndexOf('\n', at - 1) + 1, at);
  return line.trim() === '' && (at === 0 || text.includes('\n'))
    ? line
    : (/^\s*(?="[^"]*":\s*$)/u.exec(line)?.[0] ?? null);
}

const unitOf = (text: string): string => /\n([ \t]+)\S/u.exec(text)?.[1] ?? '  ';
