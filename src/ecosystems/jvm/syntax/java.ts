import { hollowJava } from './hollow.ts';
import type { Mark } from '../../../domain/contract/labels/test-case.ts';
import type { Language, Source } from '../../../world/syntax/language.ts';
import { childOf, childrenOf, itemsOf, type SyntaxNode } from '../../../world/syntax/nodes.ts';

const TEST = /^(?:Test|ParameterizedTest|RepeatedTest|TestFactory|TestTemplate|Theory|Property)$/;
const MARKS: readonly (readonly [RegExp, Mark])[] = [
  [/^(?:Disabled\w*|Ignore|Enabled\w+)\b|\benabled\s*=\s*false\b/, 'skipped'],
  [/^(?:Test|ExpectedException)\b.*\bexpected\b/s, 'xfail'],
];
const ROWS = /^(?:CsvSource|ValueSource)$/;

/** Java: JUnit 3, 4 and 5, TestNG, AssertJ, Hamcrest, Mockito. */
export const java: Language = {
  comparesTwo: true,
  hollow: hollowJava,
  files: /\.java$/,
  grammar: async () => (await import('@lezer/java')).parser,
  lines: 'free',
  comments: /Comment$/,
  strings: /^(?:StringLiteral|CharacterLiteral|TextBlock)$/,
  calls: /^MethodInvocation$/,
  members: /^(?:FieldAccess|ScopedIdentifier|MethodName)$/,
  arguments: /^ArgumentList$/,
  functions: /^(?:MethodDeclaration|LambdaExpression|ConstructorDeclaration)$/,
  branches: new RegExp(
    String.raw`^(?:IfStatement|TryStatement|TryWithResourcesStatement|SwitchStatement|SwitchExpression|` +
      String.raw`ForStatement|EnhancedForStatement|WhileStatement|DoStatement|TernaryExpression)$`,
  ),
  exits: /^(?:ReturnStatement|BreakStatement|ContinueStatement)$/,
  statements: [
    [/^ThrowStatement$/, 'fails'],
    [/^AssertStatement$/, 'condition'],
  ],
  failures: /^(?:\w+\.)*fail\(\)$/,
  assertions: [
    { call: /^(?:\w+\.)*assert(?:True|False)\(\)$/, says: 'condition' },
    { call: /^(?:\w+\.)*assert(?:Equals|Same|ArrayEquals|IterableEquals|LinesMatch|Null)\(\)$/, says: 'exact' },
    { call: /^(?:\w+\.)*assert(?:NotNull|DoesNotThrow)\(\)$/, says: 'loose' },
    {
      call: new RegExp(
        String.raw`\bassertThat\w*\(\)(?:\.\w+\(\))*?\.(?:isEqualTo|isSameAs|containsExactly\w*|hasSize|` +
          String.raw`hasMessage|isNull|isTrue|isFalse|isEmpty|isZero)\(\)$`,
      ),
      says: 'exact',
    },
    { call: /\bassertThat\w*\(\)(?:\.\w+\(\))*?\.(?:isNotNull|isNotEmpty|isPresent)\(\)$/, says: 'loose' },
    {
      call: /\bassertThat\w*\(\)(?:\.\w+\(\))*?\.(?:is|has|does|contains|starts|ends|matches|satisfies|all|any|none|throws)\w*\(\)$/,
      says: 'partial',
    },
    { call: /^(?:\w+\.)*assertThat\w*\(\)$/, says: 'partial', least: 2 },
    { call: /^(?:\w+\.)*(?:assert|verify|check|expect)\w*\(\)$/, says: 'partial' },
  ],
  marks: [[/^(?:Assumptions|Assume)\.\w+\(\)$|^assum(?:e|ing)\w*\(\)$/, 'skipped']],
  declares(node, source) {
    const title = childOf(node, /^Definition$/);
    if (!title) return null;
    const annotations = childrenOf(childOf(node, /^Modifiers$/), /Annotation$/);
    const marks = annotations.flatMap((each) =>
      MARKS.filter(([pattern]) => pattern.test(source.textOf(each).slice(1))).map(([, mark]) => mark),
    );
    if (node.name === 'ClassDeclaration') return { role: 'group', title, marks };
    const isTest =
      annotations.some((each) => TEST.test(nameOf(each, source))) || /^test[A-Z_]/.test(source.textOf(title));
    return node.name === 'MethodDeclaration' && isTest
      ? { role: 'test', title, marks, cases: rowsOf(annotations, source) }
      : null;
  },
};

const nameOf = (annotation: SyntaxNode, source: Source): string =>
  /^@\s*(?:\w+\.)*(\w+)/.exec(source.textOf(annotation))?.[1] ?? '';

function rowsOf(annotations: readonly SyntaxNode[], source: Source): number | null {
  const table = annotations.find((each) => ROWS.test(nameOf(each, source)));
  const [item] = itemsOf(childOf(table, /^AnnotationArgumentList$/));
  const pair = item?.nodes.find(({ name }) => name === 'ElementValuePair');
  const rows = childOf(pair, /ArrayInitializer$/) ?? item?.nodes.find(({ name }) => /ArrayInitializer$/.test(name));
  return rows ? itemsOf(rows).length : null;
}
