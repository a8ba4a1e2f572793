import type { Hollow, Source } from '../../../world/syntax/language.ts';
import { childOf, type SyntaxNode } from '../../../world/syntax/nodes.ts';

const TYPE = /^(?:PrimitiveType|SizedTypeSpecifier|(?:Scoped)?TypeIdentifier|TemplateType|\w+Specifier|auto)$/;
const ONLY_CPP = /^(?:ScopedTypeIdentifier|TemplateType|constexpr|consteval|auto)$/;
const DECLARATOR = /^(?:Function|Pointer|Reference)Declarator$/;
/** Neither compiler minds what a function without a body does not use any more. */
const SETTLED = ['unused-parameter', 'unused-function', 'unused-variable']
  .map((name) => `#pragma GCC diagnostic ignored "-W${name}"\n`)
  .join('');

const isNumber = (type: SyntaxNode, source: Source): boolean =>
  /^(?:PrimitiveType|SizedTypeSpecifier|EnumSpecifier)$/.test(type.name) ||
  /^(?:bool|s?size_t|u?int\w*_t)$/.test(source.textOf(type));

/** What a function of this type does that does nothing; null: its type is not known. */
function nothingOf(node: SyntaxNode, isCpp: boolean, source: Source): string | null {
  const type = childOf(node, TYPE);
  const declarator = childOf(node, DECLARATOR);
  // A constructor, a destructor, or a macro that omk does not read.
  if (!type || !declarator) return null;
  // Nothing can be referred to.
  if (declarator.name === 'ReferenceDeclarator') return '{ __builtin_trap(); }';
  if (declarator.name === 'PointerDeclarator') return '{ return 0; }';
  if (source.textOf(type) === 'void') return '{}';
  if (type.name === 'auto' && !childOf(declarator, /^TrailingReturnType$/)) return null;
  if (isCpp || node.children.some(({ name }) => ONLY_CPP.test(name))) return '{ return {}; }';
  if (isNumber(type, source)) return '{ return 0; }';
  return `{ static ${source.textOf(type)} nothing; return nothing; }`;
}

function nameOf(node: SyntaxNode, source: Source): string | null {
  const outer = childOf(node, DECLARATOR);
  const declarator = outer?.name === 'FunctionDeclarator' ? outer : childOf(outer, /^FunctionDeclarator$/);
  const name = childOf(declarator, /^(?:Identifier|FieldIdentifier|ScopedIdentifier|OperatorName)$/);
  return name ? source.textOf(name) : null;
}

/** C and C++: a function returns zero, or what its type is without a value. A header may be of either. */
export const hollowC = (isCpp: boolean): Hollow => ({
  functions: /^FunctionDefinition$/,
  body: /^CompoundStatement$/,
  nameOf,
  emptied: (node, _body, source) => nothingOf(node, isCpp, source),
  settle: (text) => `${SETTLED}${text}`,
});
