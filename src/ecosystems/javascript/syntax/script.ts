import { hollowScript } from './hollow.ts';
import { scriptTables } from './tables.ts';
import type { Mark } from '../../../domain/contract/labels/test-case.ts';
import type { Declared, Language, Source } from '../../../world/syntax/language.ts';
import { childOf, childrenOf, itemsOf, type SyntaxNode } from '../../../world/syntax/nodes.ts';

const WORD =
  /^(?:(?:t|tap|tt|QUnit|Deno|this|ctx|context|suite)\.)?([xf]?(?:describe|context|it|test|specify)|suite|bench)((?:\.\w+(?:\(\))?)*)$/;
/** What may follow the word; anything else (`test.step`, `test.beforeEach`) declares nothing. */
const MODIFIER = new RegExp(
  String.raw`^(?:only|skip|todo|each\(\)|for\(\)|concurrent|serial|sequential|parallel|failing|fails|` +
    String.raw`fixme|fail|slow|skipIf\(\)|runIf\(\)|describe|shuffle)$`,
);
const MARKS: readonly (readonly [RegExp, Mark])[] = [
  [/^x|\.(?:skip|todo|fixme|skipIf\(\)|runIf\(\))(?:\.|$)/, 'skipped'],
  [/^f(?=describe|it|context|specify|test)|\.only(?:\.|$)/, 'only'],
  [/\.(?:failing|fails|fail)(?:\.|$)/, 'xfail'],
];
const OPTIONS: Readonly<Record<string, Mark>> = {
  skip: 'skipped',
  todo: 'skipped',
  only: 'only',
  fails: 'xfail',
  expectFailure: 'xfail',
};
const FUNCTION = /^(?:ArrowFunction|FunctionExpression)$/;
const STRING = /^(?:String|TemplateString)$/;
const EXPECT = String.raw`^(?:\w+\.)?expect(?:\.\w+)?\(\)(?:\.\w+(?:\(\))?)*?\.`;

function dialectOf(path: string): string {
  if (/\.[cm]?ts$/.test(path)) return 'ts';
  return path.endsWith('.tsx') ? 'ts jsx' : 'jsx';
}

/** JavaScript and TypeScript, with JSX: node:test, vitest, jest, mocha, ava, tap, playwright, chai. */
export const script: Language = {
  hollow: hollowScript,
  tables: scriptTables,
  files: /\.[cm]?[jt]sx?$/,
  grammar: async (path) =>
    (await import('@lezer/javascript')).parser.configure({
      dialect: dialectOf(path),
    }),
  lines: 'free',
  comments: /Comment$/,
  strings: /^(?:String|TemplateString|RegExp)$/,
  calls: /^(?:CallExpression|TaggedTemplateExpression|NewExpression)$/,
  members: /^MemberExpression$/,
  arguments: /^(?:ArgList|TemplateString)$/,
  functions: /^(?:ArrowFunction|FunctionExpression|FunctionDeclaration|MethodDeclaration)$/,
  branches:
    /^(?:IfStatement|TryStatement|SwitchStatement|ForStatement|WhileStatement|DoStatement|ConditionalExpression|BinaryExpression)$/,
  exits: /^(?:ReturnStatement|BreakStatement|ContinueStatement)$/,
  statements: [[/^ThrowStatement$/, 'fails']],
  failures: /^(?:(?:t|tap|tt|assert|expect|QUnit|chai\.assert)\.)?fail\(\)$|^assert\.unreachable\(\)$/,
  assertions: [
    { call: /^(?:\w+\.)?expect(?:\.\w+)?\(\)(?:\.\w+)*\.(?:toThrow\w*|throws?|rejected\w*)\(\)$/, says: 'throws' },
    {
      call: new RegExp(
        String.raw`${EXPECT}(?:toBe|toEqual|toStrictEqual|toHaveLength|to(?:Match|` +
          String.raw`HaveLoaded)?\w*Snapshot|toBeNull|toBeUndefined|toBeNaN|toHave(?:BeenCalledTimes|` +
          String.raw`BeenCalledWith|BeenLastCalledWith|BeenNthCalledWith|ReturnedWith|Text|Value|Count|URL|` +
          String.raw`Title|TextContent)|equals?|eqls?|lengthOf|calledOnceWith\w*|calledWith\w*|` +
          String.raw`callCount)\(\)$`,
      ),
      says: 'exact',
    },
    { call: new RegExp(String.raw`${EXPECT}(?:true|false|null|undefined|NaN|empty)$`), says: 'exact' },
    {
      call: new RegExp(
        String.raw`${EXPECT}(?:toBeTruthy|toBeFalsy|toBeDefined|toBeInTheDocument|toHaveBeenCalled|exist|ok|called)(?:\(\))?$`,
      ),
      says: 'loose',
    },
    {
      call: new RegExp(
        String.raw`${EXPECT}(?:to[A-Z]\w*|(?:a|an|above|below|least|most|within|closeTo|match|include|` +
          String.raw`contain|members|keys|property|instanceof|string|satisfy|oneOf|greaterThan|lessThan|` +
          String.raw`gte?|lte?)(?=\())\(\)$`,
      ),
      says: 'partial',
    },
    { call: /^(?:(?:t|tap|tt|assert|chai\.assert)\.)(?:throws\w*|rejects\w*|throwsAsync)\(\)$/, says: 'throws' },
    {
      call: /^(?:assert(?:\.ok)?|(?:t|tap|tt)\.(?:ok|true|truthy|assert)|assert\.(?:isOk|isTrue)|console\.assert)\(\)$/,
      says: 'condition',
    },
    {
      call: new RegExp(
        String.raw`^(?:t|tap|tt|assert|assert\.strict|t\.assert|chai\.assert)\.(?:equal|equals|` +
          String.raw`strictEqual|deepEqual|deepStrictEqual|same|strictSame|is|like|snapshot|false|isFalse|` +
          String.raw`isNull|isUndefined|lengthOf|deepLooseEqual|ifError|strictEquals|deepEquals|plan)\(\)$`,
      ),
      says: 'exact',
    },
    {
      call: /^(?:t|tap|tt|t\.assert|assert|chai\.assert|sinon\.assert|assert\.strict)\.[a-z]\w*\(\)$/,
      says: 'partial',
    },
    { call: /\.should(?:\.\w+(?:\(\))?)*\.(?:equal|eql|equals)\(\)$/, subject: /\.should/, says: 'exact' },
    { call: /\.should(?:\.\w+)*\.\w+\(\)$/, subject: /\.should/, says: 'partial' },
    { call: /\)\.expect\(\)$/, says: 'partial' },
    { call: /(?:^|\.)(?:assert|expect|verify|check|ensure|must|should)[A-Z_]\w*\(\)$/, says: 'partial' },
  ],
  marks: [
    [/^(?:t|tt|this|ctx|context|test|it|describe|test\.describe)\.(?:skip|todo|fixme)\(\)$/, 'skipped'],
    [/^test\.fail\(\)$/, 'xfail'],
  ],
  declares: (node, source) => (node.name === 'CallExpression' ? declaredBy(node, source) : null),
};

function declaredBy(node: SyntaxNode, source: Source): Declared | null {
  const [callee] = node.children;
  if (!callee) return null;
  const chain = source.chainOf(callee);
  const found = WORD.exec(chain);
  const modifiers = found?.[2]?.split('.').slice(1) ?? [];
  if (!found || !modifiers.every((each) => MODIFIER.test(each))) return null;
  const [first, ...others] = itemsOf(childOf(node, /^ArgList$/));
  const title = first?.nodes[0];
  const body = others.at(-1)?.nodes.at(-1);
  if (!title || (!STRING.test(title.name) && !(body && FUNCTION.test(body.name)))) return null;
  // A matcher of a regular expression, or a note: `t.test('x')`.
  if (!body && !/todo|only|skip/.test(chain)) return null;
  const marks = MARKS.filter(([pattern]) =>
    pattern.test(chain.replace(/^(?:t|tap|tt|QUnit|Deno|this|ctx|context|suite)\./, '')),
  ).map(([, mark]) => mark);
  const options = others
    .flatMap(({ nodes }) => nodes.filter(({ name }) => name === 'ObjectExpression'))
    .flatMap((each) => optionMarks(each, source));
  const role = /describe|context|suite/.test(`${found[1]} ${modifiers.join(' ')}`) ? 'group' : 'test';
  return { role, title, marks: [...marks, ...options], cases: rowsOf(callee, source) };
}

/** `{ skip: true }` of node:test; only what is plainly off is off. */
const optionMarks = (options: SyntaxNode, source: Source): readonly Mark[] =>
  childrenOf(options, /^Property$/).flatMap((property) => {
    const [name, , value] = property.children;
    const mark = name && OPTIONS[source.textOf(name).replace(/['"]/g, '')];
    return mark && !(value && /^(?:false|undefined|null|0)$/.test(source.textOf(value))) ? [mark] : [];
  });

/** Rows of `each([…])`, or of its table in a template. */
function rowsOf(callee: SyntaxNode, source: Source): number | null {
  if (!/\.(?:each|for)\(\)$/.test(source.chainOf(callee))) return null;
  const table = childOf(callee, /^TemplateString$/);
  if (table)
    return Math.max(
      0,
      source
        .textOf(table)
        .split('\n')
        .filter((line) => /[^\s`]/.test(line)).length - 1,
    );
  const rows = itemsOf(childOf(callee, /^ArgList$/))[0]?.nodes[0];
  return rows?.name === 'ArrayExpression' ? itemsOf(rows).length : null;
}
