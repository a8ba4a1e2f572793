import type { Hollow } from '../../../world/syntax/language.ts';
import { childOf } from '../../../world/syntax/nodes.ts';

/** Shebang and encoding have to come first. */
const FIRST = /^(\uFEFF?(?:#!.*\n)?(?:#.*coding[:=].*\n)?)/;

/** Where a command checks the sources before it runs their tests, what an empty body leaves unused or too short would end it. */
const QUIET = [
  '# fmt: off',
  '# isort: skip_file',
  '# ruff: noqa',
  '# flake8: noqa',
  '# pylint: skip-file',
  '# mypy: ignore-errors',
  '',
].join('\n');

/** Python: a function returns `None`. */
export const hollowPython: Hollow = {
  functions: /^FunctionDefinition$/,
  body: /^Body$/,
  nameOf(node, source) {
    const name = childOf(node, /^VariableName$/);
    return name ? source.textOf(name) : null;
  },
  emptied: (_node, body, source) => (source.textOf(body).endsWith('\n') ? ': pass\n' : ': pass'),
  settle: (text) => text.replace(FIRST, `$1${QUIET}`),
};
