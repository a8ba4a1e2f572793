/** A value of a JSON text and where it stands. Comments and trailing commas are read over. */
export interface Node {
  readonly start: number;
  readonly end: number;
  /** Members of an object or items of an array; null for every other value. */
  readonly children: readonly Child[] | null;
  readonly isObject: boolean;
  readonly value: unknown;
}

interface Child {
  readonly key: string;
  /** Of the member with its name, or of the item. */
  readonly start: number;
  readonly node: Node;
}

const SPACE = /(?:[\s\uFEFF]|\/\/[^\n]*|\/\*[\s\S]*?\*\/)*/uy;
// oxlint-disable-next-line no-control-regex -- JSON forbids them
const SCALAR = /"(?:[^"\\\u0000-\u001f]|\\.)*"|-?\d[\d.eE+-]*|true|false|null/uy;

/** The text as a node; null where it is no JSON. */
export function parseNodes(text: string): Node | null {
  try {
    const root = read(text, skip(text, 0));
    return skip(text, root.end) === text.length ? root : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** The line of a text where it stops being JSON, counted from 1; null where it is JSON. */
export function brokenAt(text: string): number | null {
  const lineOf = (at: number): number => text.slice(0, at).split('\n').length;
  try {
    const root = read(text, skip(text, 0));
    const end = skip(text, root.end);
    return end === text.length ? null : lineOf(end);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return lineOf(typeof error.cause === 'number' ? error.cause : 0);
  }
}

/** The first place from `at` on that is neither space nor comment. */
export function skip(text: string, at: number): number {
  SPACE.lastIndex = at;
  return at + (SPACE.exec(text)?.[0].length ?? 0);
}

function read(text: string, start: number): Node {
  const open = text[start];
  if (open === '{' || open === '[') return readAll(text, start, open === '{');
  SCALAR.lastIndex = start;
  const found = SCALAR.exec(text)?.[0];
  if (found === undefined) throw new SyntaxError('no value', { cause: start });
  return { start, end: start + found.length, children: null, isObject: false, value: JSON.parse(found) };
}

function readAll(text: string, start: number, isObject: boolean): Node {
  const close = isObject ? '}' : ']';
  const children: Child[] = [];
  let at = skip(text, start + 1);
  while (text[at] !== close) {
    const child = readChild(text, at, isObject, children.length);
    children.push(child);
    at = skip(text, child.node.end);
    if (text[at] === ',') at = skip(text, at + 1);
    else if (text[at] !== close) throw new SyntaxError('no comma', { cause: at });
  }
  const value = isObject
    ? Object.fromEntries(children.map(({ key, node }) => [key, node.value]))
    : children.map(({ node }) => node.value);
  return { start, end: at + 1, children, isObject, value };
}

function readChild(text: string, start: number, isObject: boolean, index: number): Child {
  if (!isObject) return { key: String(index), start, node: read(text, start) };
  const name = read(text, start);
  const colon = skip(text, name.end);
  if (typeof name.value !== 'string' || text[colon] !== ':') throw new SyntaxError('no name', { cause: start });
  return { key: name.value, start, node: read(text, skip(text, colon + 1)) };
}
