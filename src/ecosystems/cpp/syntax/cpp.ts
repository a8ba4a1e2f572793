import type { Mark } from '../../../domain/contract/labels/test-case.ts';
import type { Declared, Language, Source } from '../../../world/syntax/language.ts';
import { childOf, itemsOf, type SyntaxNode } from '../../../world/syntax/nodes.ts';

const BLOCKS =
  /^(?:TEST_CASE|TEST_CASE_METHOD|TEMPLATE_TEST_CASE|SCENARIO|SECTION|SUBCASE|GIVEN|WHEN|THEN|BOOST_AUTO_TEST_CASE)$/;
const TAGS: readonly (readonly [RegExp, Mark])[] = [
  [/\[\.|\[!hide\]|doctest::skip/, 'skipped'],
  [/\[!(?:mayfail|shouldfail)\]|doctest::(?:may|should)_fail/, 'xfail'],
];

/** C and C++: GoogleTest, Catch2, doctest, Boost.Test. */
export const cpp: Language = {
  files: /\.(?:c|cc|cpp|cxx|h|hpp)$/,
  grammar: async () => (await import('@lezer/cpp')).parser,
  lines: 'meaningful',
  comments: /Comment$/,
  strings: /^(?:String|RawString|CharLiteral)$/,
  calls: /^CallExpression$/,
  members: /^(?:FieldExpression|ScopedIdentifier)$/,
  arguments: /^ArgumentList$/,
  functions: /^(?:FunctionDefinition|LambdaExpression)$/,
  branches:
    /^(?:IfStatement|TryStatement|SwitchStatement|ForStatement|ForRangeLoop|WhileStatement|DoStatement|ConditionalExpression)$/,
  exits: /^(?:ReturnStatement|BreakStatement|ContinueStatement|GotoStatement)$/,
  statements: [],
  failures: /^(?:FAIL|ADD_FAILURE|GTEST_FAIL|BOOST_FAIL|BOOST_ERROR|abort)\(\)$/,
  assertions: [
    {
      call: /^(?:(?:EXPECT|ASSERT)_(?:TRUE|FALSE)|REQUIRE|CHECK|REQUIRE_FALSE|CHECK_FALSE|BOOST_(?:TEST|CHECK|REQUIRE)|assert)\(\)$/,
      says: 'condition',
    },
    {
      call: /^(?:(?:EXPECT|ASSERT)_(?:EQ|STREQ|STRCASEEQ|FLOAT_EQ|DOUBLE_EQ)|BOOST_(?:CHECK|REQUIRE)_EQUAL\w*|(?:CHECK|REQUIRE)_EQ)\(\)$/,
      says: 'exact',
    },
    { call: /^(?:EXPECT_|ASSERT_|REQUIRE_|CHECK_|BOOST_CHECK_|BOOST_REQUIRE_|TEST_ASSERT_)\w+\(\)$/, says: 'partial' },
    { call: /(?:^|\.)(?:assert|verify|check|expect)(?:_|[A-Z])\w*\(\)$/, says: 'partial' },
  ],
  marks: [[/^(?:GTEST_SKIP|SKIP)\(\)$/, 'skipped']],
  declares(node, source) {
    if (node.name === 'FunctionDefinition') return googleTest(node, source);
    return node.name === 'CompoundStatement' ? block(node, source) : null;
  },
};

/** `TEST(Suite, Name) { … }` looks like a function without a type. */
function googleTest(node: SyntaxNode, source: Source): Declared | null {
  const declarator = childOf(node, /^FunctionDeclarator$/);
  const word = childOf(declarator, /^Identifier$/);
  const names = childOf(declarator, /^ParameterList$/);
  if (!word || !names || !/^(?:TYPED_)?TEST(?:_F|_P)?$/.test(source.textOf(word))) return null;
  const title = source
    .textOf(names)
    .replace(/^\(|\)$/g, '')
    .split(',')
    .map((each) => each.trim());
  const marks: readonly Mark[] = title.some((each) => each.startsWith('DISABLED_')) ? ['skipped'] : [];
  return { role: 'test', title: names, name: title.map((each) => each.replace(/^DISABLED_/, '')).join(' > '), marks };
}

/** A block whose macro stands before it: `TEST_CASE("name", "[tag]") { … }`. */
function block(node: SyntaxNode, source: Source): Declared | null {
  const word = childOf(node.before, /^MacroName$/);
  const [first, ...others] = itemsOf(childOf(node.before, /^ArgumentList$/));
  const title = first?.nodes[0];
  if (!word || !title || !BLOCKS.test(source.textOf(word))) return null;
  const tags = others.flatMap(({ nodes }) => nodes.map((each) => source.textOf(each))).join(' ');
  return { role: 'test', title, marks: TAGS.filter(([pattern]) => pattern.test(tags)).map(([, mark]) => mark) };
}
