import type { Hollow } from '../../../world/syntax/language.ts';
import { childOf } from '../../../world/syntax/nodes.ts';

/** Java: a method returns 0, false or null. */
export const hollowJava: Hollow = {
  functions: /^MethodDeclaration$/,
  body: /^Block$/,
  nameOf(node, source) {
    const name = childOf(node, /^Definition$/);
    return name ? source.textOf(name) : null;
  },
  emptied(node, _body, source) {
    if (childOf(node, /^void$/)) return '{}';
    const primitive = childOf(node, /^PrimitiveType$/);
    if (!primitive) return '{ return null; }';
    return source.textOf(primitive) === 'boolean' ? '{ return false; }' : '{ return 0; }';
  },
};
