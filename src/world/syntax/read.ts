import type { Assertion, Mark, ReadFile, TestCase } from '../../domain/contract/labels/test-case.ts';
import { assertionAt } from './assertion.ts';
import { chains, isCall } from './chain.ts';
import type { Declared, Language, SeenAssertion, Source } from './language.ts';
import { childOf, type SyntaxNode } from './nodes.ts';
import { normaliser, type Range } from './text.ts';

const NEVER = /(?!)/;
/** Names of groups that are told. */
const DEEPEST = 12;

/** A file, a group or a test: what marks it marks all that is inside. */
interface Scope {
  readonly path: readonly string[];
  readonly marks: Mark[];
  readonly outer: Scope | null;
}

interface OpenTest extends Scope {
  readonly node: SyntaxNode;
  readonly declared: Declared;
  readonly assertions: Assertion[];
  /** Its name, and the tests inside of it. */
  readonly cut: Range[];
}

interface Place {
  readonly scope: Scope;
  readonly test: OpenTest | null;
  readonly branch: { readonly node: SyntaxNode; readonly part: SyntaxNode } | null;
  readonly guards: number;
  /** How many of the guards the function of the test itself is behind. */
  readonly own: number;
  /** Early ways out of the function so far. */
  readonly exits: { count: number };
  /** Where text is cut out: of the test around, or of the rest of the file. */
  readonly cut: Range[];
}

/** The tests of a file from its tree. `mixed`: they stand among other code. */
export function readTests(
  text: string,
  root: SyntaxNode,
  language: Language,
  mixed: boolean,
  see?: (seen: SeenAssertion) => void,
): ReadFile {
  const source: Source = { textOf: ({ from, to }) => text.slice(from, to), chainOf: chains(text, language) };
  const normal = normaliser(text, root, language);
  const tests: OpenTest[] = [];
  const kept: Range[] = [];
  const seen = new Set<string>();
  const file: Scope = { path: [], marks: [], outer: null };

  const visit = (node: SyntaxNode, at: Place): void => {
    if (language.comments.test(node.name)) return;
    if (mixed && language.holdsTests?.(node, source) === true) kept.push(node);
    const declared = language.declares(node, source);
    if (declared) {
      open(node, declared, at);
      return;
    }
    const mark = markAt(node);
    if (mark) (at.test ?? at.scope).marks.push(mark);
    const found =
      at.test && assertionAt(node, { language, source, normal, branch: at.branch, guards: at.guards + at.exits.count });
    if (found) at.test.assertions.push(found);
    if (found && at.test && see)
      see({
        node,
        assertion: found,
        test: at.test.path.join(' > '),
        isSure: found.guards === at.own,
        guards: found.guards - at.own,
        within: at.test.node,
        ...(isFailure(node) ? { condition: before(at.branch) } : {}),
      });
    inside(node, language.functions.test(node.name) ? inFunction(node, at) : at);
    if (language.exits.test(node.name)) at.exits.count += 1;
  };

  const isFailure = (node: SyntaxNode): boolean =>
    language.failures.test(source.chainOf(node)) ||
    language.statements.some(([name, says]) => says === 'fails' && name.test(node.name));

  /** Nothing says that a function inside of a test is called, but for its own. */
  const inFunction = (node: SyntaxNode, at: Place): Place => {
    const guards = at.guards + (at.test && at.test.node !== node.parent && !isRun(node) ? 1 : 0);
    const isOwn = at.test !== null && (at.test.node === node.parent || at.test.node === node.parent?.parent);
    return { ...at, guards, own: isOwn ? guards : at.own, exits: { count: at.exits.count } };
  };

  const isRun = (node: SyntaxNode): boolean => {
    let call = node.parent;
    for (let up = 0; up < 2 && call && !language.calls.test(call.name); up++) call = call.parent;
    return call !== null && language.runs?.test(source.chainOf(call)) === true;
  };

  const inside = (node: SyntaxNode, at: Place): void => {
    const isBranch = language.branches.test(node.name) || childOf(node, language.handlers ?? NEVER) !== undefined;
    for (const part of node.children)
      visit(part, isBranch ? { ...at, branch: { node, part }, guards: at.guards + 1 } : at);
  };

  const open = (node: SyntaxNode, declared: Declared, at: Place): void => {
    const name = declared.name ?? titleOf(source.textOf(declared.title));
    // What is declared in a branch, or behind a way out, may not be there.
    const hidden: readonly Mark[] = at.test === null && at.guards + at.exits.count > 0 ? ['skipped'] : [];
    const scope: Scope = {
      path: [...at.scope.path, name].slice(0, DEEPEST),
      marks: [...declared.marks, ...hidden],
      outer: at.scope,
    };
    if (declared.lastWins) replaceIn(tests, scope.path, seen);
    if (declared.role === 'group') {
      at.cut.push(declared.title);
      inside(node, { ...at, scope });
      return;
    }
    at.cut.push({ from: node.from, to: node.from + source.textOf(node).trimEnd().length });
    const test: OpenTest = { ...scope, node, declared, assertions: [], cut: [declared.title] };
    tests.push(test);
    inside(node, { scope: test, test, branch: null, guards: 0, own: 0, exits: { count: 0 }, cut: test.cut });
  };

  const markAt = (node: SyntaxNode): Mark | null => {
    const called = isCall(node, language);
    if (!called && !/Statement|Declaration/.test(node.name)) return null;
    const chain = called ? source.chainOf(node) : source.textOf(node).slice(0, 120);
    return language.marks.find(([pattern]) => pattern.test(chain))?.[1] ?? null;
  };

  const around: Range[] = [];
  visit(root, { scope: file, test: null, branch: null, guards: 0, own: 0, exits: { count: 0 }, cut: around });
  const rest = (mixed ? kept : [root]).map((part) => normal.rest(part, ordered(around))).join('\n');
  return { kind: 'read', tests: tests.map(closed), rest };

  function closed(test: OpenTest): TestCase {
    return {
      id: test.path.join(' > '),
      body: normal.text(test.node, ordered(test.cut)),
      marks: marksOf(test),
      assertions: test.assertions,
      cases: test.declared.cases ?? null,
    };
  }
}

/** What of a branch stands before the part that is in it. */
const before = (branch: Place['branch']): readonly SyntaxNode[] =>
  branch?.node.children.filter(({ to }) => to <= branch.part.from) ?? [];

const ordered = (ranges: readonly Range[]): readonly Range[] =>
  ranges.toSorted((a, b) => a.from - b.from || b.to - a.to);

/** Takes out what a second definition of a name hides. */
function replaceIn(tests: OpenTest[], path: readonly string[], seen: Set<string>): void {
  const key = JSON.stringify(path);
  if (seen.has(key))
    for (let index = tests.length - 1; index >= 0; index--)
      if (path.every((name, depth) => tests[index]?.path[depth] === name)) tests.splice(index, 1);
  seen.add(key);
}

function marksOf(test: Scope): readonly Mark[] {
  const marks = new Set<Mark>();
  for (let scope: Scope | null = test; scope; scope = scope.outer) for (const mark of scope.marks) marks.add(mark);
  return [...marks].sort();
}

/** Without its quotes; only so much as tells one from another. */
const titleOf = (text: string): string =>
  text
    .replace(/^[bfru]*(['"`]{3}|['"`])([\s\S]*)\1$/i, '$2')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 300);
