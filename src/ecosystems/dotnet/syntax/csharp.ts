import type { Mark } from '../../../domain/contract/labels/test-case.ts';
import type { AssertionRule, Declared, Language, Source } from '../../../world/syntax/language.ts';
import { childOf, childrenOf, type SyntaxNode } from '../../../world/syntax/nodes.ts';

const TEST =
  /^(?:\w*Fact|\w*Theory|Test|TestCase|TestCaseSource|\w*TestMethod|Combinatorial|Pairwise|Sequential|Property)$/;
const ROW = /^(?:InlineData|TestCase|DataRow|Arguments)$/;
/** What is not written out, or where it is multiplied. */
const OTHER_ROWS = /^(?:\w*Data|\w*DataSource|DynamicData|TestCaseSource|ClassData|MemberData|Combinatorial|Repeat)$/;
const OFF = /\b(?:Skip\w*|Ignore\w*|Explicit)\s*=(?!\s*(?:null|false)\b)/;
const MARKS: readonly (readonly [RegExp, Mark])[] = [
  [/^(?:Ignore|Explicit|Skip(?!pable)\w*|Platform|\w*Condition)$/, 'skipped'],
  [/^ExpectedException\w*$/, 'xfail'],
];

const THAT = /^(?:\w+\.)*Assert\.That\(\)$/;
const CLASSIC = String.raw`^(?:\w+\.)*(?:Assert|ClassicAssert|CollectionAssert|StringAssert|FileAssert)\.`;
const SHOULD = String.raw`\.Should\(\)(?:\.\w+(?:\(\))?)*?\.`;

const NUNIT: readonly AssertionRule[] = [
  {
    call: THAT,
    matcher: /^Is\.(?:EqualTo\(\)|SameAs\(\)|EquivalentTo\(\)|Null|True|False|Empty|Zero|NaN)$/,
    says: 'exact',
  },
  { call: THAT, matcher: /^Is\.Not\.(?:Null|Empty)$|^Throws\.(?:Exception|Nothing)$/, says: 'loose' },
  { call: THAT, matcher: /^(?:Is|Has|Does|Throws|Contains)\./, says: 'partial' },
  { call: THAT, says: 'condition' },
];

const FLUENT: readonly AssertionRule[] = [
  { call: new RegExp(String.raw`${SHOULD}(?:BeTrue|BeFalse)\(\)$`), subject: /\.Should/, says: 'condition' },
  {
    call: new RegExp(
      String.raw`${SHOULD}(?:Be|Equal|BeEquivalentTo|BeSameAs|BeNull|BeEmpty|BeNullOrEmpty|HaveCount|HaveLength|ContainSingle)\(\)$`,
    ),
    subject: /\.Should/,
    says: 'exact',
  },
  {
    call: new RegExp(String.raw`${SHOULD}(?:NotBeNull|NotBeEmpty|NotBeNullOr\w+|NotThrow\w*|Exist)\(\)$`),
    subject: /\.Should/,
    says: 'loose',
  },
  { call: new RegExp(String.raw`${SHOULD}[A-Z]\w*\(\)$`), subject: /\.Should/, says: 'partial' },
  { call: /\.Should(?:BeTrue|BeFalse)\(\)$/, subject: /\.Should/, says: 'condition' },
  { call: /\.Should(?:Be|BeNull|BeEmpty|BeSameAs|BeEquivalentTo)\(\)$/, subject: /\.Should/, says: 'exact', near: 3 },
  { call: /\.Should(?:NotBeNull|NotBeEmpty|NotThrow)\w*\(\)$/, subject: /\.Should/, says: 'loose' },
  { call: /\.Should[A-Z]\w*\(\)$/, subject: /\.Should/, says: 'partial' },
];

const MOCKS: readonly AssertionRule[] = [
  { call: /\.Verify\w*\(\)$/, matcher: /^Times\.(?:Exactly\(\)|Once\b|Never\b)/, says: 'exact' },
  { call: /\.Verify\w*\(\)$|\.Must(?:Not)?Have\w*\(\)$/, says: 'partial' },
  { call: /\.(?:Received|DidNotReceive)\w*\(\)\.\w+\(\)$/, subject: /\.(?:Received|DidNotReceive)/, says: 'partial' },
];

/** C#: xUnit, NUnit, MSTest, FluentAssertions, Shouldly, Moq, NSubstitute. */
export const csharp: Language = {
  comparesTwo: true,
  files: /\.cs$/,
  grammar: async () => (await import('../../../world/syntax/wasm/tree-sitter.ts')).treeSitter('c-sharp'),
  lines: 'free',
  comments: /^comment$/,
  strings: /^(?:(?:verbatim_|raw_)?string_literal|character_literal|interpolated_string_expression)$/,
  calls: /^invocation_expression$/,
  members: new RegExp(
    String.raw`^(?:member_access_expression|member_binding_expression|conditional_access_expression|` +
      String.raw`postfix_unary_expression|generic_name|qualified_name)$`,
  ),
  arguments: /^argument_list$/,
  functions:
    /^(?:method_declaration|local_function_statement|lambda_expression|anonymous_method_expression|constructor_declaration)$/,
  branches: new RegExp(
    String.raw`^(?:if_statement|try_statement|switch_statement|switch_expression|for_statement|` +
      String.raw`foreach_statement|while_statement|do_statement|conditional_expression|binary_expression|` +
      String.raw`preproc_if|preproc_elif|preproc_else)$`,
  ),
  runs: /^(?:Assert\.Multiple\w*|Record\.Exception\w*)\(\)$/,
  exits: /^(?:return_statement|break_statement|continue_statement|goto_statement)$/,
  statements: [[/^throw_(?:statement|expression)$/, 'fails']],
  failures: /^(?:\w+\.)*(?:Assert\.Fail|FailWith)\(\)$/,
  assertions: [
    ...NUNIT,
    { call: new RegExp(`${CLASSIC}(?:True|False|IsTrue|IsFalse)\\(\\)$`), says: 'condition' },
    {
      call: new RegExp(
        `${CLASSIC}(?:Equal|StrictEqual|AreEqual|AreEquivalent|AreSame|Same|Null|IsNull|Empty|IsEmpty|Single|Equivalent|HasCount)\\(\\)$`,
      ),
      says: 'exact',
      near: 3,
    },
    {
      call: new RegExp(
        `${CLASSIC}(?:NotNull|IsNotNull|NotEmpty|IsNotEmpty|ThrowsAny\\w*|Catch\\w*|DoesNotThrow\\w*)\\(\\)$`,
      ),
      says: 'loose',
    },
    {
      call: new RegExp(`${CLASSIC}(?!Multiple|EnterMultipleScope|Pass|Ignore|Inconclusive|Skip|Warn)[A-Z]\\w*\\(\\)$`),
      says: 'partial',
    },
    ...FLUENT,
    ...MOCKS,
    { call: /^Should\.(?:Not)?Throw\w*\(\)$/, says: 'partial' },
    { call: /^(?:Debug|Trace)\.Assert\(\)$/, says: 'condition' },
    { call: /^(?:Verifier\.)?Verify(?:Json|Xml|File)?\(\)$/, says: 'exact' },
    { call: /(?:^|\.)(?:Assert|Verify|Check|Ensure|Expect|Should)[A-Z]\w*\(\)$/, says: 'partial' },
  ],
  marks: [[/^(?:Assert\.(?:Ignore|Inconclusive|Pass|Skip\w*)|Skip\.\w+|Assume\.That)\(\)$/, 'skipped']],
  declares(node, source) {
    if (/^(?:class|struct|record)_declaration$/.test(node.name))
      return declared('group', childOf(node, /^identifier$/), attributesOf(node, source));
    if (node.name !== 'method_declaration') return null;
    const attributes = attributesOf(node, source);
    return attributes.some(({ name }) => TEST.test(name))
      ? declared('test', childrenOf(node, /^identifier$/).at(-1), attributes)
      : null;
  },
};

interface Attribute {
  readonly name: string;
  readonly text: string;
}

const attributesOf = (node: SyntaxNode, source: Source): readonly Attribute[] =>
  childrenOf(node, /^attribute_list$/).flatMap((list) =>
    childrenOf(list, /^attribute$/).map((each) => {
      const text = source.textOf(each);
      return { name: (/^(?:\w+\.)*(\w+)/.exec(text)?.[1] ?? '').replace(/Attribute$/, ''), text };
    }),
  );

function declared(
  role: Declared['role'],
  title: SyntaxNode | undefined,
  attributes: readonly Attribute[],
): Declared | null {
  if (!title) return null;
  const whole = attributes.filter(({ name }) => !ROW.test(name));
  const marks = whole.flatMap(({ name, text }) => [
    ...MARKS.filter(([pattern]) => pattern.test(name)).map(([, mark]) => mark),
    ...(OFF.test(withoutStrings(text)) ? (['skipped'] as const) : []),
  ]);
  return { role, title, marks, cases: rowsOf(attributes) };
}

/** Rows that are run; null where none is written out. */
function rowsOf(attributes: readonly Attribute[]): number | null {
  const rows = attributes.filter(({ name }) => ROW.test(name));
  const others = attributes.some(({ name }) => !ROW.test(name) && OTHER_ROWS.test(name));
  return rows.length === 0 || others ? null : rows.filter(({ text }) => !OFF.test(withoutStrings(text))).length;
}

const withoutStrings = (text: string): string => text.replace(/@?"[^"\n]*"/g, '""');
