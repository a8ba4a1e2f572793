import { parser } from '@lezer/javascript';

export type SyntaxNode = ReturnType<typeof parser.parse>['topNode'];

const DECLARATIONS = new Set(['VariableDeclaration', 'FunctionDeclaration', 'ClassDeclaration']);

/** A statement at the top of a program. */
export interface Statement {
  readonly node: SyntaxNode;
  /** What it declares. */
  readonly names: readonly string[];
}

export function statementsOf(text: string, language = parser): readonly Statement[] {
  const found: Statement[] = [];
  for (let node = language.parse(text).topNode.firstChild; node; node = node.nextSibling) {
    const inside = node.name === 'ExportDeclaration' ? node.getChild('export')?.nextSibling : node;
    const names = inside && DECLARATIONS.has(inside.name) ? inside.getChildren('VariableDefinition') : [];
    found.push({ node, names: names.map(({ from, to }) => text.slice(from, to)) });
  }
  return found;
}

/** Names that are used somewhere in a node, where `enters` lets it look. */
export function namesIn(top: SyntaxNode, text: string, enters: (kind: string) => boolean = () => true): Set<string> {
  const names = new Set<string>();
  top.cursor().iterate(({ name, node, from, to }) => {
    const isShort = name === 'PropertyDefinition' && node.nextSibling === null;
    if (name === 'VariableName' || isShort) names.add(text.slice(from, to));
    return enters(name);
  });
  return names;
}
