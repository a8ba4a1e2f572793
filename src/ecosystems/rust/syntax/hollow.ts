import type { Hollow, Source } from '../../../world/syntax/language.ts';
import { childOf, type SyntaxNode } from '../../../world/syntax/nodes.ts';

/** What a function returns that does nothing, by the type as it is written: those that need no import. */
const NOTHING: readonly (readonly [RegExp, string])[] = [
  [/^[iu](?:8|16|32|64|128|size)$/, '0'],
  [/^f(?:32|64)$/, '0.0'],
  [/^bool$/, 'false'],
  [/^&(?:'\w+ )?str$/, '""'],
  [/^String$/, 'String::new()'],
  [/^Vec<.*>$/s, 'Vec::new()'],
  [/^Option<.*>$/s, 'None'],
];

function nothingOf(node: SyntaxNode, arrow: SyntaxNode, source: Source): string {
  const type = node.children.find(({ from }) => from >= arrow.to);
  const text = type === undefined ? '' : source.textOf(type);
  const [, value = 'panic!("emptied by omk")'] = NOTHING.find(([pattern]) => pattern.test(text)) ?? [];
  return `{ ${value} }`;
}

/** Rust: a function without a result does nothing, one of a plain type returns its zero, any other panics: not every type has a default. */
export const hollowRust: Hollow = {
  functions: /^FunctionItem$/,
  body: /^Block$/,
  nameOf(node, source) {
    const name = childOf(node, /^BoundIdentifier$/);
    return name ? source.textOf(name) : null;
  },
  holdsTests: (node, source) =>
    node.name === 'AttributeItem' && /^#\[cfg\(\s*(?:all\(\s*)?test\b/.test(source.textOf(node)),
  before: '#[rustfmt::skip]',
  // An error where a crate denies warnings.
  settle: (text) => text.replace(/^(\uFEFF?(?:#!(?!\[).*\n)?)/, '$1#![allow(unused)]\n'),
  emptied(node, _body, source) {
    const arrow = childOf(node, /^->$/);
    return arrow ? nothingOf(node, arrow, source) : '{}';
  },
};
