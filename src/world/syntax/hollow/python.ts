import type { Hollow } from '../language.ts';
import { childOf } from '../nodes.ts';

/** Python: a function returns `None`. */
export const hollowPython: Hollow = {
  functions: /^FunctionDefinition$/,
  body: /^Body$/,
  nameOf(node, source) {
    const name = childOf(node, /^VariableName$/);
    return name ? source.textOf(name) : null;
  },
  emptied: (_node, body, source) => (source.textOf(body).endsWith('\n') ? ': pass\n' : ': pass'),
};
