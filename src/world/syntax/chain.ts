import type { Language } from './language.ts';
import { childrenOf, type SyntaxNode } from './nodes.ts';

/** Whether it is a call: by its kind, or as a name that stands where only calls do. */
export const isCall = (node: SyntaxNode, language: Language): boolean =>
  language.calls.test(node.name) ||
  (node.name === 'identifier' && language.bareCalls?.test(node.parent?.name ?? '') === true);

const LONGEST = 240;
const SEPARATOR = /^(?:\.|->|::|\?\.|\?->|&\.)$/;

/** `chainOf` for the nodes of one file: `expect(a).not.toBe(b)` is `expect().not.toBe()`. Long ones lose their middle. */
export function chains(source: string, language: Language): (node: SyntaxNode) => string {
  const known = new Map<SyntaxNode, string>();
  const chainOf = (node: SyntaxNode): string => {
    const before = known.get(node);
    if (before !== undefined) return before;
    const chain = shorten(make(node));
    known.set(node, chain);
    return chain;
  };
  const make = (node: SyntaxNode): string => {
    if (language.arguments.test(node.name)) return '()';
    if (SEPARATOR.test(node.name)) return '.';
    if (node.children.every(({ name }) => name === 'keyword'))
      return node.to - node.from > 80 ? '…' : source.slice(node.from, node.to) + (isCall(node, language) ? '()' : '');
    if (language.calls.test(node.name) || language.members.test(node.name))
      return node.children
        .filter((child) => isWord(child, language))
        .map(chainOf)
        .join('');
    return '…';
  };
  return chainOf;
}

/** Of two lists of arguments, in brackets and after them, one is enough. */
const isWord = ({ name, before }: SyntaxNode, { arguments: lists }: Language): boolean =>
  !/^[;⚠]|[Cc]omment|TypeArg|type_arg/.test(name) && !(lists.test(name) && lists.test(before?.name ?? ''));

const shorten = (text: string): string =>
  text.length <= LONGEST ? text : `${text.slice(0, LONGEST / 2)}…${text.slice(-LONGEST / 2)}`;

/** The nodes of all arguments along a chain, its own last. */
export function argumentsAlong(node: SyntaxNode, language: Language): readonly SyntaxNode[] {
  const found: SyntaxNode[] = [];
  for (
    let at: SyntaxNode | undefined = node;
    at && (language.calls.test(at.name) || language.members.test(at.name));
    at = at.children[0]
  ) {
    found.unshift(...childrenOf(at, language.arguments));
  }
  return found;
}

/** The call that a chain begins with: `it('a', …)` of `it('a', …).skip()`. */
export function rootOf(node: SyntaxNode, language: Language): SyntaxNode {
  let root = node;
  for (
    let at: SyntaxNode | undefined = node;
    at && (language.calls.test(at.name) || language.members.test(at.name));
    at = at.children[0]
  )
    if (language.calls.test(at.name)) root = at;
  return root;
}
