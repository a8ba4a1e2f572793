import type { Hollow } from '../../../world/syntax/language.ts';
import { childOf } from '../../../world/syntax/nodes.ts';

/** Ruby: a method returns `nil`. */
export const hollowRuby: Hollow = {
  functions: /^(?:method|singleton_method)$/,
  body: /^body_statement$/,
  nameOf(node, source) {
    const name = childOf(node, /^(?:identifier|constant|operator|setter)$/);
    return name ? source.textOf(name) : null;
  },
  emptied: () => 'nil',
  // After the comments that Ruby reads itself.
  settle: (text) => text.replace(/^(\uFEFF?(?:#.*\n)*)/, '$1# rubocop:disable all\n'),
};
