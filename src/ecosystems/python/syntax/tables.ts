import type { Column, Source, Tables } from '../../../world/syntax/language.ts';
import { childOf, childrenOf, itemsOf, type SyntaxNode } from '../../../world/syntax/nodes.ts';

/** Python: `parametrize`, and loops in tests. */
export const pythonTables: Tables = {
  columnOf(name, node, source) {
    if (node.name === 'ForStatement') return ofLoop(name, node, source);
    if (node.name === 'DecoratedStatement') return ofParameters(name, node, source);
    if (node.name !== 'LambdaExpression') return undefined;
    return childrenOf(childOf(node, /^ParamList$/), /^VariableName$/).some((each) => source.textOf(each) === name)
      ? null
      : undefined;
  },
  loopOver(node, source) {
    if (node.name !== 'ForStatement') return null;
    const over = goneThrough(node, source);
    return /^range\((?:[01],\s*)?(?:[2-9]|[1-9]\d+)\)$/.test(source.textOf(over)) ? 'some' : over;
  },
  definitions(node, source) {
    const [name, operator, value, ...more] = node.children;
    return node.name === 'AssignStatement' && name && operator?.name === 'AssignOp' && value && more.length === 0
      ? [[source.textOf(name), value]]
      : [];
  },
  another: (expression, by) =>
    `(lambda v: not v if type(v) is bool else (v + ${by} if v + ${by} != v else 0) if type(v) in (int, float) else ` +
    `v + 'q' if type(v) is str else [*v, ${by}] if type(v) is list else (*v, ${by}) if type(v) is tuple else object())(${expression})`,
};

/** `T` of `for a, b in T.items()`, or the node that stands there. */
function goneThrough(loop: SyntaxNode, source: Source): SyntaxNode {
  const at = loop.children.findIndex(({ name }) => name === 'in');
  const over = loop.children[at + 1] ?? loop;
  const [callee] = over.children;
  return over.name === 'CallExpression' && callee && /^\w+\.(?:items|keys|values)$/.test(source.textOf(callee))
    ? (callee.children[0] ?? over)
    : over;
}

function ofLoop(name: string, loop: SyntaxNode, source: Source): Column | null | undefined {
  const at = loop.children.findIndex((child) => child.name === 'in');
  const targets = loop.children.slice(1, at).filter((child) => child.name !== ',');
  const place = targets.findIndex((child) => source.textOf(child) === name);
  if (place < 0)
    return targets.some((child) => new RegExp(String.raw`\b${name}\b`).test(source.textOf(child))) ? null : undefined;
  const over = loop.children[at + 1];
  const table = goneThrough(loop, source);
  if (over === undefined) return null;
  if (table === over) return { table, part: targets.length === 1 ? null : place };
  const isValue = /\.values$/.test(source.textOf(over.children[0] ?? over)) || (targets.length === 2 && place === 1);
  return isValue ? { table, part: 'value' } : null;
}

function ofParameters(name: string, test: SyntaxNode, source: Source): Column | null | undefined {
  for (const decorator of childrenOf(test, /^Decorator$/)) {
    if (!/^@[\w.]*\bparametrize\b/.test(source.textOf(decorator))) continue;
    const [names, rows] = itemsOf(childOf(decorator, /^ArgList$/));
    const all = names
      ? [...source.textOf({ ...test, from: names.from, to: names.to }).matchAll(/\w+/g)].map(([each]) => each)
      : [];
    const place = all.indexOf(name);
    const table = rows?.nodes[0];
    if (place >= 0 && table && rows.nodes.length === 1) return { table, part: all.length === 1 ? null : place };
  }
  return null;
}
