import { argumentsAlong } from './chain.ts';
import type { Language, Source } from './language.ts';
import { childrenOf, itemsOf, type SyntaxNode } from './nodes.ts';
import type { Range } from './text.ts';

interface Looking {
  readonly language: Language;
  readonly source: Source;
}

/** The argument that says what is asked, where one fits. */
export function matcherOf(node: SyntaxNode, pattern: RegExp, { language, source }: Looking): SyntaxNode | undefined {
  const items = childrenOf(node, language.arguments).flatMap((list) => itemsOf(list));
  return items
    .flatMap(({ nodes }) => nodes.map(withoutName))
    .find((each) => pattern.test(wordOf(each, { language, source })));
}

/** `actual: x` is `x`. */
const withoutName = (node: SyntaxNode): SyntaxNode =>
  node.name === 'argument' ? (node.children.at(-1) ?? node) : node;

const isChain = ({ name }: SyntaxNode, { calls, members }: Language): boolean => calls.test(name) || members.test(name);

const wordOf = (node: SyntaxNode, { language, source }: Looking): string =>
  isChain(node, language) ? source.chainOf(node) : source.textOf(node).slice(0, 80);

/** `EqualTo.Within` of `Is.EqualTo(3).Within(0.1)`. */
export const matcherName = (matcher: SyntaxNode, looking: Looking): string =>
  wordOf(matcher, looking).replace(/^Is\.|\(\)| .*/gs, '');

/** What a matcher compares with. */
export const askedBy = (matcher: SyntaxNode, { language }: Looking): readonly Range[] =>
  matcher.children.length === 0 || isChain(matcher, language)
    ? argumentsAlong(matcher, language).flatMap((list) => itemsOf(list))
    : [matcher];

export const isWithin = (inner: Range, outer: Range): boolean => outer.from <= inner.from && inner.to <= outer.to;

/** What stands in front of the first part of a chain that fits. */
export function subjectOf(node: SyntaxNode, pattern: RegExp, { language, source }: Looking): SyntaxNode {
  let at = node;
  for (
    let next = node.children[0];
    next && isChain(at, language) && pattern.test(source.chainOf(at));
    next = at.children[0]
  )
    at = next;
  return at;
}
