import { hollowPython } from './hollow.ts';
import { pythonTables } from './tables.ts';
import type { Mark } from '../../../domain/contract/labels/test-case.ts';
import type { Declared, Language, Source } from '../../../world/syntax/language.ts';
import { childOf, childrenOf, itemsOf, type SyntaxNode } from '../../../world/syntax/nodes.ts';

const MARKS: readonly (readonly [RegExp, Mark])[] = [
  [/\b(?:skip\w*|slow)\b/, 'skipped'],
  [/\b(?:xfail|expectedFailure)\b/, 'xfail'],
];

/** Python: pytest and unittest. */
export const python: Language = {
  hollow: hollowPython,
  tables: pythonTables,
  files: /\.pyi?$/,
  grammar: async () => (await import('@lezer/python')).parser,
  lines: 'meaningful',
  comments: /^Comment$/,
  strings: /^(?:String|FormatString|ContinuedString)$/,
  calls: /^CallExpression$/,
  members: /^MemberExpression$/,
  arguments: /^ArgList$/,
  functions: /^(?:FunctionDefinition|LambdaExpression)$/,
  branches:
    /^(?:IfStatement|TryStatement|ForStatement|WhileStatement|MatchStatement|ConditionalExpression|BinaryExpression)$/,
  exits: /^(?:ReturnStatement|BreakStatement|ContinueStatement)$/,
  statements: [
    [/^AssertStatement$/, 'condition'],
    [/^RaiseStatement$/, 'fails'],
  ],
  failures: /^(?:pytest|self)\.fail\(\)$/,
  assertions: [
    { call: /^(?:pytest\.(?:raises|warns)|self\.assert(?:Raises|Warns|Logs))\(\)$/, says: 'throws' },
    { call: /^self\.assert(?:True|False|_)\(\)$/, says: 'condition' },
    {
      call: new RegExp(
        String.raw`^(?:self\.assert(?:\w*Equals?|Is|IsNone|CountEqual|RaisesRegex)|` +
          String.raw`\w+\.(?:testing\.)?assert_(?:array_|frame_|series_)?equal|` +
          String.raw`assert_(?:\w+_)?equals?)\(\)$`,
      ),
      says: 'exact',
    },
    { call: /\.assert_(?:called_once_with|called_with|has_calls|any_call|not_called|called_once)\(\)$/, says: 'exact' },
    { call: /\.assert_called\(\)$/, says: 'loose' },
    { call: /^self\.assertIsNotNone\(\)$/, says: 'loose' },
    { call: /(?:^|\.)(?:assert|verify|check|ensure|expect)(?:_|[A-Z])\w*\(\)$/, says: 'partial' },
  ],
  marks: [
    [/^(?:pytest\.(?:skip|importorskip)|self\.skipTest)\(\)$/, 'skipped'],
    [/^pytest\.xfail\(\)$/, 'xfail'],
    [/^raise\s+(?:unittest\.)?SkipTest\b/, 'skipped'],
    [/^pytestmark\b[^\n]*\bxfail\b/, 'xfail'],
    [/^pytestmark\b[^\n]*\bskip/, 'skipped'],
  ],
  declares(node, source) {
    if (node.name === 'DecoratedStatement')
      return declaredBy(childOf(node, /Definition$/), childrenOf(node, /^Decorator$/), source);
    return node.parent?.name === 'DecoratedStatement' ? null : declaredBy(node, [], source);
  },
};

function declaredBy(node: SyntaxNode | undefined, decorators: readonly SyntaxNode[], source: Source): Declared | null {
  const title = childOf(node, /^VariableName$/);
  if (!node || !title) return null;
  const isTest = node.name === 'FunctionDefinition' && /^test/.test(source.textOf(title));
  if (!isTest && node.name !== 'ClassDefinition') return null;
  const names = decorators.map((each) => source.textOf(each).replace(/\([\s\S]*$/, ''));
  const marks = names.flatMap((name) => MARKS.filter(([pattern]) => pattern.test(name)).map(([, mark]) => mark));
  return { role: isTest ? 'test' : 'group', title, marks, cases: rowsOf(decorators, source), lastWins: true };
}

/** Rows of all tables that a test is run with, one for each combination; null where one is not written out. */
function rowsOf(decorators: readonly SyntaxNode[], source: Source): number | null {
  const tables = decorators.filter((each) => /\.parametrize\b/.test(source.textOf(each).slice(0, 80)));
  const counts = tables.map((each) => {
    const rows = itemsOf(childOf(each, /^ArgList$/))[1]?.nodes.at(-1);
    return rows && /^(?:Array|Tuple)Expression$|^ParenthesizedExpression$/.test(rows.name)
      ? itemsOf(rows).length
      : Number.NaN;
  });
  const product = counts.reduce((sum, each) => sum * each, 1);
  return tables.length === 0 || Number.isNaN(product) ? null : product;
}
