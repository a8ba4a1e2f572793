import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { labelsOf } from '../../../world/syntax/testing/labels.ts';

const becomes = (before: string, after: string): Promise<readonly string[]> =>
  labelsOf('tests/a_test.cpp', before, after);
const google = (code: string, name = 'Adds'): string =>
  `#include <gtest/gtest.h>\n\nTEST(Sum, ${name}) {\n  ${code}\n}\n`;
const catch2 = (code: string, tags = '[sum]'): string =>
  `#include <catch2/catch.hpp>\n\nTEST_CASE("adds", "${tags}") {\n  ${code}\n}\n`;

suite('tests in C and C++', () => {
  for (const [before, after, told] of [
    ['EXPECT_EQ(3, add(1, 2));', 'EXPECT_TRUE(add(1, 2));', 'looser assertion (EXPECT_EQ → EXPECT_TRUE)'],
    ['EXPECT_EQ(3, add(1, 2)) << "no";', '', '1 assertion fewer'],
    ['EXPECT_NEAR(a, b, 0.01);', 'EXPECT_NEAR(a, b, 10);', 'lowered threshold (0.01 → 10)'],
    ['EXPECT_GT(a, 90);', 'EXPECT_GT(a, 10);', 'lowered threshold (90 → 10)'],
    ['EXPECT_EQ(3, x);', 'GTEST_SKIP(); EXPECT_EQ(3, x);', 'skip added'],
    ['EXPECT_EQ(3, x);', 'if (x == 3) { EXPECT_EQ(3, x); }', '1 assertion not always reached'],
  ] as const)
    test(`${before} → ${after}`, async () =>
      assert.deepEqual(await becomes(google(before), google(after)), [`weakened Sum > Adds: ${told}`]));

  test('names of GoogleTest', async () => {
    const code = 'EXPECT_EQ(3, x);';
    assert.deepEqual(await becomes(google(code), google(code, 'DISABLED_Adds')), ['weakened Sum > Adds: skip added']);
    assert.deepEqual(await becomes(google(code), google(code, 'Sums')), [
      'renamed Sum > Sums: was Sum > Adds, the same body',
    ]);
  });

  test('Catch2 and doctest', async () => {
    const base = catch2('REQUIRE(add(1) == 3);\n  SECTION("deep") { CHECK(x == 1); }');
    assert.deepEqual(await becomes(base, base.replace('REQUIRE(add(1) == 3);', 'REQUIRE(add(1));')), [
      'weakened adds: looser assertion (REQUIRE → REQUIRE)',
    ]);
    assert.deepEqual(await becomes(base, base.replace('CHECK(x == 1);', '')), [
      'weakened adds > deep: 1 assertion fewer',
    ]);
    assert.deepEqual(await becomes(base, base.replace('[sum]', '[.]')), [
      'weakened adds: skip added',
      'weakened adds > deep: skip added',
      'changed: outside of its tests',
    ]);
  });

  test('what the preprocessor leaves out is a change', async () => {
    assert.deepEqual(await becomes(google('EXPECT_EQ(3, x);'), google('\n#if 0\n  EXPECT_EQ(3, x);\n#endif')), [
      'changed Sum > Adds: other steps, and no assertion that omk recognizes is another',
    ]);
  });
});
