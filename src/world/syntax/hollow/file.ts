import { MOST_FAULTS, type HollowFile } from '../../../domain/evidence/hollow.ts';
import { LANGUAGES } from '../all.ts';
import type { Hollow, Source } from '../language.ts';
import { chains } from '../chain.ts';
import { nodesOf, type SyntaxNode } from '../nodes.ts';
import type { ChangedSource } from '../port.ts';

/** Empties the bodies of the named functions that a change added or rewrote. Outermost ones only: what is inside goes with them. */
export async function hollowFile({ path, text, base }: ChangedSource): Promise<HollowFile> {
  const language = LANGUAGES.find(({ files }) => files.test(path));
  if (!language?.hollow) return { kind: 'not_read', why: 'no parser empties functions of this kind of file' };
  const { hollow } = language;
  const grammar = await language.grammar(path);
  const root = nodesOf(grammar.parse(text).cursor());
  if (!root) return { kind: 'not_read', why: 'it is nested too deeply' };
  const source: Source = { textOf: ({ from, to }) => text.slice(from, to), chainOf: chains(text, language) };
  const known = base === null ? new Set<string>() : await textsIn(base, path);
  const isTest = (node: SyntaxNode): boolean =>
    language.declares(node, source)?.role === 'test' || hollow.holdsTests?.(node, source) === true;
  const own = functionsOf(root, hollow, source, isTest).filter(({ node }) => !known.has(squeezed(source.textOf(node))));
  const emptied = own.filter(({ body, instead }) => source.textOf(body) !== instead);
  if (emptied.length === 0)
    return { kind: 'unchanged', ...(own.length > 0 ? { idle: own.map(({ name }) => name) } : {}) };
  const without = (some: readonly Emptied[]): string => {
    const left = replaced(text, some, hollow.before);
    return hollow.settle?.(left) ?? left;
  };
  return {
    kind: 'hollowed',
    text: without(emptied),
    functions: emptied.map(({ name }) => name),
    singles: emptied.slice(0, MOST_FAULTS).map((each) => without([each])),
  };

  async function textsIn(before: string, where: string): Promise<ReadonlySet<string>> {
    const tree = nodesOf((await language?.grammar(where))?.parse(before).cursor() ?? grammar.parse(before).cursor());
    if (!tree) return new Set();
    const of = (node: SyntaxNode): string => before.slice(node.from, node.to);
    const inBase: Source = { textOf: of, chainOf: () => '' };
    return new Set(functionsOf(tree, hollow, inBase, () => false).map(({ node }) => squeezed(of(node))));
  }
}

/** A text with other bodies; those stand in order, none inside another. */
function replaced(text: string, some: readonly Emptied[], before: string | undefined): string {
  const lines = before === undefined ? [] : [...new Set(some.map(({ node }) => outermost(node).from))];
  const edits = [
    ...some.map(({ body, instead }) => ({ from: body.from, to: body.to, instead })),
    ...lines.map((from) => ({ from, to: from, instead: `${before}\n` })),
  ].sort((one, other) => one.from - other.from || one.to - other.to);
  const pieces: string[] = [];
  let at = 0;
  for (const { from, to, instead } of edits) {
    pieces.push(text.slice(at, from), instead);
    at = to;
  }
  return pieces.join('') + text.slice(at);
}

/** The statement of the file that holds a node. */
function outermost(node: SyntaxNode): SyntaxNode {
  let found = node;
  while (found.parent?.parent) found = found.parent;
  return found;
}

interface Emptied {
  readonly name: string;
  readonly node: SyntaxNode;
  readonly body: SyntaxNode;
  readonly instead: string;
}

/** In order, none inside another. */
function functionsOf(
  root: SyntaxNode,
  hollow: Hollow,
  source: Source,
  isTest: (node: SyntaxNode) => boolean,
): readonly Emptied[] {
  const found: Emptied[] = [];
  const open: SyntaxNode[] = [root];
  for (let node = open.pop(); node; node = open.pop()) {
    if (isTest(node)) continue;
    const one = emptiedAt(node, hollow, source);
    if (one) found.push(one);
    else open.push(...node.children.toReversed());
  }
  return found;
}

function emptiedAt(node: SyntaxNode, hollow: Hollow, source: Source): Emptied | null {
  if (!hollow.functions.test(node.name)) return null;
  const name = hollow.nameOf(node, source);
  const body = node.children.findLast((child) => hollow.body.test(child.name));
  const instead = name !== null && body ? hollow.emptied(node, body, source) : null;
  return name !== null && body && instead !== null ? { name, node, body, instead } : null;
}

/** A function that only moved or was formatted is the same. */
const squeezed = (text: string): string => text.replace(/\s+/g, ' ');
