import type { Hollow, Source } from '../../../world/syntax/language.ts';
import { childOf, childrenOf, itemsOf, type SyntaxNode } from '../../../world/syntax/nodes.ts';

/** Go: a function returns the zero values of its results. */
export const hollowGo: Hollow = {
  functions: /^(?:FunctionDecl|MethodDecl)$/,
  body: /^Block$/,
  nameOf(node, source) {
    const name = childOf(node, /^(?:DefName|FieldName)$/);
    return name ? source.textOf(name) : null;
  },
  emptied: (node, body, source) => {
    const values = zeroValues(node, body, source);
    if (values === null) return '{ return }';
    return values.length === 0 ? '{}' : `{ return ${values.join(', ')} }`;
  },
  settle: withoutUnusedImports,
};

/** One for each result; null where they have names, which have their values already. */
function zeroValues(node: SyntaxNode, body: SyntaxNode, source: Source): readonly string[] | null {
  const lists = childrenOf(node, /^Parameters$/);
  const parameters = lists[node.name === 'MethodDecl' ? 1 : 0];
  const results = node.children.filter(({ from, to }) => from >= (parameters?.to ?? 0) && to <= body.from);
  const [first] = results;
  if (!first) return [];
  if (first.name !== 'Parameters') return [zero(source.textOf(first))];
  if (childrenOf(first, /^Parameter$/).some((each) => childOf(each, /^DefName$/))) return null;
  return itemsOf(first).map(({ nodes }) => zero(nodes.map(source.textOf).join('')));
}

const zero = (type: string): string => `*new(${type})`;

/** Go compiles no file with an import that it does not use. */
function withoutUnusedImports(text: string): string {
  return text.replace(
    /^([ \t]*(?:import[ \t]+)?)(?:([\w.]+)[ \t]+)?("(?:[^"\n]+)")[ \t]*$/gm,
    (line, before: string, alias: string | undefined, path: string) => {
      if (alias === '_' || alias === '.' || (before.trim() === '' && !isImportSpec(text, line))) return line;
      const name = alias ?? packageName(path.slice(1, -1));
      return new RegExp(`\\b${name}\\.`).test(text.replaceAll(line, '')) ? line : `${before}_ ${path}`;
    },
  );
}

/** A line that is only a string could be one of a list of values. */
const isImportSpec = (text: string, line: string): boolean => {
  const block = /^import[ \t]*\(\n([\s\S]*?)^\)/m.exec(text)?.[1] ?? '';
  return block.split('\n').includes(line);
};

const packageName = (path: string): string =>
  (
    path
      .replace(/\/v\d+$/, '')
      .split('/')
      .at(-1) ?? path
  )
    .replace(/\.v\d+$/, '')
    .replace(/^go-|\W/g, '');
