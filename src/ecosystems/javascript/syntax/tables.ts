import type { Column, Source, Tables } from '../../../world/syntax/language.ts';
import { childOf, childrenOf, itemsOf, type SyntaxNode } from '../../../world/syntax/nodes.ts';

/** JavaScript and TypeScript: `test.each`, and loops in tests and around them. */
export const scriptTables: Tables = {
  columnOf(name, node, source) {
    if (node.name === 'ForStatement') {
      const spec = childOf(node, /^ForOfSpec$/);
      const pattern = childOf(spec, /^(?:ArrayPattern|ObjectPattern|VariableDefinition)$/);
      const over = loopOver(node, source);
      return pattern && over && over !== 'some' ? partOf(name, pattern, over, source) : undefined;
    }
    return /^(?:ArrowFunction|FunctionExpression)$/.test(node.name) ? ofFunction(name, node, source) : undefined;
  },
  loopOver,
  definitions: (node, source) =>
    node.name === 'VariableDeclaration'
      ? childrenOf(node, /^VariableDefinition$/).flatMap((name) => {
          const rest = node.children.slice(node.children.indexOf(name) + 1);
          const end = rest.findIndex((each) => each.name === ',');
          const value = (end < 0 ? rest : rest.slice(0, end)).find((each) => /Expression$/.test(each.name));
          return value ? [[source.textOf(name), value] as const] : [];
        })
      : [],
  another: (expression, by) =>
    `((v) => typeof v === 'number' ? (v + ${by} === v || v !== v ? 0 : v + ${by}) : typeof v === 'string' ? v + 'q' : ` +
    `typeof v === 'boolean' ? !v : Array.isArray(v) ? [...v, ${by}] : Symbol())(${expression})`,
};

/** From a small number to a larger one. */
const COUNTS = /^for\s*\(\s*(?:let|var)\s+\w+\s*=\s*[01]\s*;\s*\w+\s*(?:<=\s*[1-9]|<\s*(?:[2-9]|1\d))/;

/** What `for (const x of rows)` and `for (let n = 1; n < 4; n++)` go through; null: no loop. */
function loopOver(node: SyntaxNode, source: Source): SyntaxNode | 'some' | null {
  if (node.name !== 'ForStatement') return null;
  const spec = childOf(node, /^ForOfSpec$/);
  const at = spec?.children.findIndex(({ name }) => name === 'of') ?? -1;
  if (at < 0) return COUNTS.test(source.textOf(node).slice(0, 120)) ? 'some' : node;
  return spec?.children[at + 1] ?? node;
}

/** The part of a row that a pattern gives a name to. */
function partOf(name: string, pattern: SyntaxNode, table: SyntaxNode, source: Source): Column | null | undefined {
  if (pattern.name === 'VariableDefinition') return source.textOf(pattern) === name ? { table, part: null } : undefined;
  const items = itemsOf(pattern);
  for (const [place, { nodes }] of items.entries()) {
    const [node] = nodes;
    if (!node || nodes.length !== 1) continue;
    if (node.name === 'VariableDefinition' && source.textOf(node) === name) return { table, part: place };
    const [key] = node.children;
    const last = node.children.at(-1);
    if (node.name === 'PatternProperty' && key && last && source.textOf(last) === name)
      return { table, part: source.textOf(key) };
  }
  return new RegExp(String.raw`(?<![\w$])${name.replaceAll('$', String.raw`\$`)}(?![\w$])`).test(source.textOf(pattern))
    ? null
    : undefined;
}

/** `rows.forEach(([a, b]) => …)` and `test.each(rows)('…', (a, b) => …)`. */
function ofFunction(name: string, node: SyntaxNode, source: Source): Column | null | undefined {
  const items = itemsOf(childOf(node, /^ParamList$/));
  const place = items.findIndex(({ nodes }) =>
    nodes.some((each) =>
      new RegExp(String.raw`(?<![\w$])${name.replaceAll('$', String.raw`\$`)}(?![\w$])`).test(source.textOf(each)),
    ),
  );
  const pattern = items[place]?.nodes[0];
  if (!pattern) return undefined;
  const call = node.parent?.parent;
  const callee = call?.children[0];
  if (!call || !callee || call.name !== 'CallExpression') return null;
  if (callee.name === 'MemberExpression' && /\.(?:forEach|map)$/.test(source.textOf(callee))) {
    const table = callee.children[0];
    return table && place === 0 ? (partOf(name, pattern, table, source) ?? null) : null;
  }
  const rows = /^[\w.]+\.(?:each|for)\(/.test(source.textOf(callee))
    ? itemsOf(childOf(callee, /^ArgList$/))[0]?.nodes[0]
    : undefined;
  if (!rows) return null;
  if (pattern.name === 'VariableDefinition')
    return { table: rows, part: place === 0 && items.length === 1 ? null : place };
  return place === 0 ? (partOf(name, pattern, rows, source) ?? null) : null;
}
