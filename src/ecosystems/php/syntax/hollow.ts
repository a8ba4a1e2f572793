import type { Hollow } from '../../../world/syntax/language.ts';
import { childOf } from '../../../world/syntax/nodes.ts';

/** PHP: a function returns nothing, which fails where a type is declared and is null elsewhere. */
export const hollowPhp: Hollow = {
  functions: /^(?:FunctionDefinition|MethodDeclaration)$/,
  body: /^Block$/,
  nameOf(node, source) {
    const name = childOf(node, /^Name$/);
    return name ? source.textOf(name) : null;
  },
  emptied: () => '{}',
};
