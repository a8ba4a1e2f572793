import type { Hollow } from '../../../world/syntax/language.ts';
import { childOf } from '../../../world/syntax/nodes.ts';

/** Rust: a function without a result does nothing, any other panics, because not every type has a default. */
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
  emptied: (node) => (childOf(node, /^->$/) ? '{ panic!("emptied by omk") }' : '{}'),
};
