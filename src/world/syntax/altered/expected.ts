import { argumentsAlong } from '../chain.ts';
import type { Language, SeenAssertion, Source } from '../language.ts';
import { askedBy, matcherOf } from '../matcher.ts';
import { itemsOf, type SyntaxNode } from '../nodes.ts';

/** Assertions that hold for one value only, so that with another one in its place they must fail. */
const EQUALITY = new RegExp(
  String.raw`^(?:toBe|toEqual|toStrictEqual|toHaveLength|equals?|eqls?|lengthOf|strictEquals?|deepEquals?|deepStrictEqual|` +
    String.raw`same|strictSame|is|assertEquals?|assert(?:List|Dict|Tuple|Set|Sequence|Count|MultiLine)Equal|assertSame|` +
    String.raw`isEqualTo|isSameAs|hasSize|eq|Equal|EqualValues|Exactly|AreEqual|assert_equal|assert_eq!)$`,
);
/** What a value is written in: all of it is expected. */
const HOLDERS = new RegExp(
  String.raw`^(?:ArrayExpression|ObjectExpression|Property|ParenthesizedExpression|UnaryExpression|DictionaryExpression|` +
    String.raw`TupleExpression|SetExpression|array|hash|pair|argument)$`,
);
const MATCHER = /^(?:eq|eql)\(\)$/;

/** What an equality compares, side by side, each as its outermost nodes; one side where the other is what is asked about. */
export type Sides = readonly (readonly SyntaxNode[])[];

/** The literals that an assertion compares with, where it stands in nothing that may not be executed. */
export function expectedIn(seen: SeenAssertion, language: Language, source: Source): readonly SyntaxNode[] {
  const { node, assertion, isSure, condition } = seen;
  if (!isSure || mayBeLeft(node, source)) return [];
  if (assertion.strength === 'partial' && !condition) return byOwn(node, assertion.name, language, source);
  return equalitiesIn(seen, language, source).flatMap((sides) =>
    sides.flatMap((nodes) => literalsIn(nodes, language, source)),
  );
}

/** What must be equal for an assertion to hold. */
export function equalitiesIn(
  { node, assertion, condition }: SeenAssertion,
  language: Language,
  source: Source,
): readonly Sides[] {
  if (assertion.strength !== 'exact' || mayBeLeft(node, source)) return [];
  if (condition) return condition.flatMap((part) => operands(part, /^!==?$/, /^(?:\|\||or)$/, source));
  const asked = conditionOf(node, language, source);
  if (asked) return asked.flatMap((part) => operands(part, /^===?$/, /^(?:&&|and)$/, source));
  if (/\b(?:resolves|rejects|eventually)\b/.test(source.chainOf(node))) return [];
  return EQUALITY.test(assertion.name) ? compared(node, language, source) : [];
}

/** A function of the project's own that compares, by its name and by what it is given. */
const OWN = /^(?:assert|expect|check|verify|ensure|must)(?:_?\w+)?$/i;
/** Names of those that let more than one value through, or that take a number for something else. */
const LOOSE = new RegExp(
  String.raw`near|clos|approx|around|least|most|less|greater|more|min|max|above|below|within|between|range|limit|` +
    String.raw`timeout|delay|toler|match|contain|includ|throw|raise|reject|error|not|no[A-Z_]|valid`,
  'i',
);

/** The number that such a function compares with what a call returns: a text may be a message. */
function byOwn(node: SyntaxNode, name: string, language: Language, source: Source): readonly SyntaxNode[] {
  const lists = argumentsAlong(node, language).map((list) => itemsOf(list));
  const [items = [], ...others] = lists;
  const last = name.split('.').at(-1) ?? name;
  if (others.length > 0 || items.length !== 2 || !OWN.test(last) || LOOSE.test(last)) return [];
  const calls = items.filter(({ nodes }) => nodes.some((each) => language.calls.test(each.name)));
  if (calls.length !== 1) return [];
  return items
    .flatMap(({ nodes }) => nodes)
    .filter((each) => isLiteral(each, language, source) && /^\d/.test(source.textOf(each)));
}

/** In Python, what expects that its code is left early. */
function mayBeLeft(node: SyntaxNode, source: Source): boolean {
  for (let at = node.parent; at; at = at.parent)
    if (at.name === 'WithStatement' && /raises|suppress|warns|exit/i.test(source.textOf(at).split('\n', 1)[0] ?? ''))
      return true;
  return false;
}

/** What must be true, where an assertion asks for that. */
function conditionOf(node: SyntaxNode, language: Language, source: Source): readonly SyntaxNode[] | null {
  if (language.statements.some(([name]) => name.test(node.name))) return node.children;
  const chain = source.chainOf(node);
  return language.assertions.find(({ call }) => call.test(chain))?.says === 'condition'
    ? argumentsAlong(node, language).flatMap((list) => itemsOf(list)[0]?.nodes ?? [])
    : null;
}

function compared(node: SyntaxNode, language: Language, source: Source): readonly Sides[] {
  const lists = argumentsAlong(node, language).map((list) => itemsOf(list));
  const matcher = matcherOf(node, MATCHER, { language, source });
  if (matcher) return askedBy(matcher, { language, source }).map((range) => [nodesAt(matcher, range)]);
  const last = lists.at(-1) ?? [];
  const items = last.filter(({ from, to }) => language.context?.test(textAt(node, source, from, to)) !== true);
  if (lists.length > 1) return items[0] ? [[items[0].nodes]] : [];
  if (items.length < 2 || (language.comparesTwo === true && items.length !== 2)) return [];
  return [items.slice(0, 2).map(({ nodes }) => nodes)];
}

const textAt = (node: SyntaxNode, source: Source, from: number, to: number): string =>
  source.textOf({ ...node, from, to });

/** Nodes of a range, the outermost first. */
function nodesAt(root: SyntaxNode, range: { readonly from: number; readonly to: number }): readonly SyntaxNode[] {
  if (root.from >= range.from && root.to <= range.to) return [root];
  return root.children.flatMap((child) => nodesAt(child, range));
}

/** Literals that stand for themselves, or in a list or record that does: none that is given to a call. */
export function literalsIn(nodes: readonly SyntaxNode[], language: Language, source: Source): readonly SyntaxNode[] {
  return nodes.flatMap((node) => {
    if (isLiteral(node, language, source)) return [node];
    return HOLDERS.test(node.name) ? literalsIn(node.children, language, source) : [];
  });
}

const isLiteral = (node: SyntaxNode, language: Language, source: Source): boolean =>
  language.strings.test(node.name) ||
  ((node.children.length === 0 || /Literal$|^Bool/.test(node.name)) &&
    /^(?:\d[\d.]*|true|false|True|False)$/.test(source.textOf(node)));

/** What is compared by `operator`, down through `join`: a difference in one of them decides. */
function operands(node: SyntaxNode, operator: RegExp, join: RegExp, source: Source): readonly Sides[] {
  const [left] = node.children;
  const right = node.children.at(-1);
  if (/^Parenthesized/.test(node.name))
    return node.children.flatMap((child) => operands(child, operator, join, source));
  if (!left || !right || !/^(?:Binary|binary)/.test(node.name)) return [];
  const between = source.textOf({ ...node, from: left.to, to: right.from }).trim();
  if (join.test(between)) return [left, right].flatMap((child) => operands(child, operator, join, source));
  return operator.test(between) ? [[[left], [right]]] : [];
}
