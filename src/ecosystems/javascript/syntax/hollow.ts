import type { Hollow, Source } from '../../../world/syntax/language.ts';
import { childOf, type SyntaxNode } from '../../../world/syntax/nodes.ts';

/** Where a script checks the sources before it runs their tests, what an empty body leaves unused, untyped or too short would end it. */
const QUIET = [
  '/* eslint-disable */',
  '// @ts-nocheck',
  '// biome-ignore-all lint: emptied',
  '// biome-ignore-all format: emptied',
  '// dprint-ignore-file',
  '// deno-lint-ignore-file',
  '// deno-fmt-ignore-file',
  '',
].join('\n');

/** JavaScript and TypeScript: a function returns `undefined`, whatever type it is said to return. */
export const hollowScript: Hollow = {
  functions: /^(?:FunctionDeclaration|FunctionExpression|ArrowFunction|MethodDeclaration|Property)$/,
  body: /^(?!Arrow$|ParamList$)./,
  nameOf(node, source) {
    const own = childOf(node, /^(?:VariableDefinition|PropertyDefinition|PrivatePropertyDefinition)$/);
    if (node.name === 'Property' && !childOf(node, /^Block$/)) return null;
    return own ? source.textOf(own) : givenName(node, source);
  },
  emptied(node, body, source) {
    if (body.name !== 'Block') return node.name === 'ArrowFunction' ? 'undefined' : null;
    // A constructor must call the one above it.
    const name = childOf(node, /^PropertyDefinition$/);
    return name && source.textOf(name) === 'constructor' ? null : '{}';
  },
  before: '// prettier-ignore',
  settle: (text) => text.replace(/^(\uFEFF?(?:#!.*\n)?)/, `$1${QUIET}`),
};

/** The variable, property or export that a function without a name is given to. */
function givenName({ parent }: SyntaxNode, source: Source): string | null {
  if (
    !parent ||
    !/^(?:VariableDeclaration|Property|PropertyDeclaration|AssignmentExpression|ExportDeclaration)$/.test(parent.name)
  )
    return null;
  const name = childOf(parent, /^(?:VariableDefinition|PropertyDefinition|MemberExpression)$/);
  return name ? source.textOf(name) : 'default';
}
