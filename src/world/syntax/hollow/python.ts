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
  // Where a command checks the sources before it runs their tests, what an empty body leaves unused would end it.
  settle: (text) => `${text.trimEnd()}\n# ruff: noqa\n# flake8: noqa\n`,
};
