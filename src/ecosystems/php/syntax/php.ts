import { hollowPhp } from './hollow.ts';
import type { Mark } from '../../../domain/contract/labels/test-case.ts';
import { rootOf } from '../../../world/syntax/chain.ts';
import type { Declared, Language, Source } from '../../../world/syntax/language.ts';
import { childOf, itemsOf, type SyntaxNode } from '../../../world/syntax/nodes.ts';

const AFTER: readonly (readonly [RegExp, Mark])[] = [
  [/\.(?:skip\w*|todo)(?:\(\))?(?:\.|$)/, 'skipped'],
  [/\.only(?:\(\))?(?:\.|$)/, 'only'],
  [/\.(?:throws\w*|fails)(?:\(\))?(?:\.|$)/, 'xfail'],
];

/** PHP: PHPUnit and Pest. */
export const php: Language = {
  hollow: hollowPhp,
  files: /\.php$/,
  grammar: async () => (await import('@lezer/php')).parser,
  lines: 'free',
  comments: /Comment$/,
  strings: /^(?:String|Heredoc|ShellExpression)$/,
  calls: /^CallExpression$/,
  members: /^(?:MemberExpression|ScopedExpression|ClassMemberName|QualifiedName)$/,
  arguments: /^ArgList$/,
  functions: /^(?:MethodDeclaration|FunctionExpression|ArrowFunction|FunctionDefinition)$/,
  branches: new RegExp(
    String.raw`^(?:IfStatement|TryStatement|SwitchStatement|MatchExpression|ForStatement|` +
      String.raw`ForeachStatement|WhileStatement|DoStatement|ConditionalExpression)$`,
  ),
  exits: /^(?:ReturnStatement|BreakStatement|ContinueStatement)$/,
  statements: [[/^Throw(?:Statement|Expression)$/, 'fails']],
  failures: /^(?:\$this|self|static|Assert)\.fail\(\)$/,
  assertions: [
    { call: /^(?:\$this|self|static|Assert)\.assert(?:True|False)\(\)$|^assert\(\)$/, says: 'condition' },
    {
      call: /^(?:\$this|self|static|Assert)\.assert(?:Same|\w*Equals\w*|Null|Count|Empty|\w+SameSize)\(\)$/,
      says: 'exact',
    },
    { call: /^(?:\$this|self|static|Assert)\.assertNot(?:Null|Empty|False)\(\)$/, says: 'loose' },
    { call: /^\$this\.expect\w*\(\)$/, says: 'partial' },
    {
      call: /^expect\(\)(?:\.\w+(?:\(\))?)*?\.(?:toBe|toEqual|toBeTrue|toBeFalse|toBeNull|toHaveCount|toMatchSnapshot|toBeEmpty)\(\)$/,
      says: 'exact',
    },
    { call: /^expect\(\)(?:\.\w+(?:\(\))?)*?\.to[A-Z]\w*\(\)$/, says: 'partial' },
    { call: /(?:^|\.)(?:assert|verify|check|ensure)[A-Z]\w*\(\)$/, says: 'partial' },
  ],
  marks: [[/^(?:\$this|self|static)\.markTest(?:Skipped|Incomplete)\(\)$/, 'skipped']],
  declares(node, source) {
    if (node.name === 'CallExpression') return isOutermost(node) ? pestTest(node, source) : null;
    const title = childOf(node, /^Name$/);
    if (!title) return null;
    if (node.name === 'ClassDeclaration') return { role: 'group', title, marks: [] };
    const attributes = childOf(node, /^Attributes$/);
    const isTest =
      /^test/.test(source.textOf(title)) || (attributes !== undefined && /\bTest\b/.test(source.textOf(attributes)));
    return node.name === 'MethodDeclaration' && isTest ? { role: 'test', title, marks: [] } : null;
  },
};

const isOutermost = ({ parent }: SyntaxNode): boolean => parent?.name !== 'MemberExpression';

function pestTest(node: SyntaxNode, source: Source): Declared | null {
  const chain = source.chainOf(node);
  const word = /^(it|test|describe)\(\)((?:\.\w+(?:\(\))?)*)$/.exec(chain);
  const title = word && itemsOf(childOf(rootOf(node, php), /^ArgList$/))[0]?.nodes[0];
  if (!word || !title) return null;
  return {
    role: word[1] === 'describe' ? 'group' : 'test',
    title,
    marks: AFTER.filter(([pattern]) => pattern.test(word[2] ?? '')).map(([, mark]) => mark),
  };
}
