import type { Hollow, Source } from '../language.ts';
import { childOf, type SyntaxNode } from '../nodes.ts';

/** JavaScript and TypeScript: a function returns `undefined`, in TypeScript as the type that fits everywhere. */
export const hollowScript: Hollow = {
  functions: /^(?:FunctionDeclaration|FunctionExpression|ArrowFunction|MethodDeclaration|Property)$/,
  body: /^(?!Arrow$|ParamList$)./,
  nameOf(node, source) {
    const own = childOf(node, /^(?:VariableDefinition|PropertyDefinition|PrivatePropertyDefinition)$/);
    if (node.name === 'Property' && !childOf(node, /^Block$/)) return null;
    return own ? source.textOf(own) : givenName(node, source);
  },
  emptied(node, body, source) {
    const typed = childOf(node, /^TypeAnnotation$/) !== undefined;
    if (body.name !== 'Block') {
      if (node.name !== 'ArrowFunction') return null;
      return typed ? '(undefined as never)' : 'undefined';
    }
    // A constructor must call the one above it, and a setter returns nothing.
    const name = childOf(node, /^PropertyDefinition$/);
    if (name && source.textOf(name) === 'constructor') return null;
    return typed ? '{ return undefined as never; }' : '{}';
  },
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
