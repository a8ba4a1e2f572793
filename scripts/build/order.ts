import { namesIn, statementsOf, type SyntaxNode } from './names.ts';
import type { Part } from './parts.ts';

/** What one name at the top of a module is. */
interface Named {
  readonly path: string;
  /** A function that is declared is there before anything runs. */
  readonly isHoisted: boolean;
  /** All names inside of it. */
  readonly mentions: ReadonlySet<string>;
}

/** Names that a module uses while it is loaded; those in calls with all that what is called may use. */
interface Used {
  readonly mentioned: ReadonlySet<string>;
  readonly called: ReadonlySet<string>;
}

const NOTHING: Used = { mentioned: new Set(), called: new Set() };
const FUNCTIONS = new Set(['FunctionDeclaration', 'FunctionExpression', 'ArrowFunction', 'MethodDeclaration']);
const CALLS = new Set(['CallExpression', 'NewExpression', 'TaggedTemplateExpression']);

/**
 * The parts in the order that is wanted, except that a module whose values another one uses while it is loaded stands before it. What
 * functions use may stand anywhere: they run when all is loaded, as the last part begins.
 */
export function inOrder(parts: readonly Part[], wanted: readonly string[]): readonly Part[] {
  const named = new Map<string, Named>();
  const loading = new Map(parts.map((part) => [part.path, readTop(part, named)]));
  const open = new Map(parts.map((part) => [part.path, part]));
  const placed: Part[] = [];
  const place = (path: string): void => {
    const part = open.get(path);
    if (!part) return;
    open.delete(path);
    for (const before of needed(loading.get(path) ?? NOTHING, named)) place(before);
    placed.push(part);
  };
  for (const path of [...wanted, ...parts.map((part) => part.path)]) place(path);
  return placed;
}

function needed({ mentioned, called }: Used, named: ReadonlyMap<string, Named>): ReadonlySet<string> {
  const seen = reached([...called], (name) => named.get(name)?.mentions);
  const found = [...mentioned, ...seen].flatMap((name) => named.get(name) ?? []);
  return new Set(found.filter(({ isHoisted }) => !isHoisted).map(({ path }) => path));
}

/** What names lead to, themselves included. */
function reached(names: readonly string[], from: (name: string) => ReadonlySet<string> | undefined): Set<string> {
  const seen = new Set(names);
  // It grows while it is gone through.
  for (const name of seen) for (const next of from(name) ?? []) seen.add(next);
  return seen;
}

function readTop({ path, text }: Part, named: Map<string, Named>): Used {
  const mentioned = new Set<string>();
  const called = new Set<string>();
  for (const { node, names } of statementsOf(text)) {
    const isHoisted = node.name === 'FunctionDeclaration';
    const mentions = namesIn(node, text);
    for (const name of names) named.set(name, { path, isHoisted, mentions });
    if (isHoisted) continue;
    for (const name of namesIn(node, text, (kind) => !FUNCTIONS.has(kind))) mentioned.add(name);
    for (const call of callsIn(node)) for (const name of namesIn(call, text)) called.add(name);
  }
  return { mentioned, called };
}

/** Calls that are made as `top` is evaluated, and not by a function in it. */
function callsIn(top: SyntaxNode): readonly SyntaxNode[] {
  const found: SyntaxNode[] = [];
  top.cursor().iterate(({ name, node }) => {
    if (CALLS.has(name)) found.push(node);
    return !CALLS.has(name) && !FUNCTIONS.has(name);
  });
  return found;
}

/** The parts without what nothing leads to from `entry`. No module does anything when it is loaded, except for that one. */
export function withoutUnused(parts: readonly Part[], entry: string): readonly Part[] {
  const read = parts.map((part) => ({ part, statements: statementsOf(part.text) }));
  const mentions = new Map<string, Set<string>>();
  const begins: string[] = [];
  for (const { part, statements } of read)
    for (const { node, names } of statements) {
      const inside = namesIn(node, part.text);
      for (const name of names) mentions.set(name, inside);
      if (names.length === 0 || part.path === entry) begins.push(...inside);
    }
  const live = reached(begins, (name) => mentions.get(name));
  return read.map(({ part, statements }) => {
    const gone = statements.filter(({ names }) => names.length > 0 && !names.some((name) => live.has(name)));
    const kept = part.path === entry ? [] : gone;
    const cut = (text: string, { node }: (typeof kept)[number]): string =>
      text.slice(0, node.from) + text.slice(node.to + 1);
    return { path: part.path, text: kept.toReversed().reduce(cut, part.text) };
  });
}
