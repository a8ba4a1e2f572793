import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EMPTY_STATE } from '../../domain/goal/state.ts';
import { WRONG } from '../../domain/goal/checks-submission.ts';
import { created } from '../../domain/testing/build.ts';
import { hollowFile } from '../../world/syntax/hollow/file.ts';
import { whyUnknown } from './unknown-names.ts';

/** What is said of a hidden check of a goal, given the wrong solution and one file of the base. */
function said(
  goal: string,
  check: readonly [string, string],
  wrong: readonly [string, string],
  base = '',
): Promise<readonly string[]> {
  const texts: Readonly<Record<string, string>> = { [check[0]]: check[1], [WRONG + wrong[0]]: wrong[1] };
  return whyUnknown(
    { ...EMPTY_STATE, created: { ...created(), prompt: goal } },
    {
      base: 'b',
      syntax: { hollow: (files) => Promise.all(files.map(hollowFile)) },
      vault: {
        listTree: () => Promise.resolve([]),
        readTexts: (_tree, paths) => Promise.resolve(paths.map((path) => (path === wrong[0] ? base : ''))),
        mentions: (_tree, names) =>
          Promise.resolve(names.some((name) => base.includes(name)) ? [{ path: wrong[0], text: base }] : []),
      },
    },
    { kind: 'good', checks: [check[0]], wrong: [wrong[0]], criteria: [], interface: [] },
    { textOf: (path) => texts[path] ?? '', hidden: new Set([check[0]]) },
  );
}

test('a hidden check uses no name that only the wrong solution has, in Go, Rust, Java and Ruby', async () => {
  const cases = [
    [
      ['sums_test.go', 'package a\nfunc TestX(t *testing.T) { Minus(1, 2) }'],
      ['sums.go', 'package a\n\nfunc Minus(a, b int) int { return 0 }\n'],
    ],
    [
      ['tests/a.rs', 'use a::minus; #[test] fn t() { minus(1, 2); }'],
      ['src/lib.rs', 'pub fn minus(a: i32, b: i32) -> i32 { 0 }\n'],
    ],
    [
      ['src/test/java/ATest.java', 'class ATest { void t() { A.minus(1, 2); } }'],
      ['src/main/java/A.java', 'class A { static int minus(int a, int b) { return 0; } }\n'],
    ],
    [
      ['spec/a_spec.rb', 'it { expect(minus(1, 2)).to eq(3) }'],
      ['lib/a.rb', 'def minus(a, b)\n  0\nend\n'],
    ],
  ] as const;
  for (const [check, wrong] of cases) {
    const [first = ''] = await said('Subtract numbers', check, wrong);
    assert.match(
      first,
      /uses (?:[Mm]inus|A, minus|minus, A), which neither the goal nor the interface names/,
      check[0],
    );
    assert.deepEqual(await said('Add minus (Minus) to A', check, wrong), [], `${check[0]}: the goal names it`);
    const base = 'A Minus minus';
    assert.deepEqual(await said('Subtract numbers', check, wrong, base), [], `${check[0]}: the repository has it`);
  }
});

test('a type that only the wrong solution has is such a name, and a function that the check does not use is none', async () => {
  const wrong = ['a.go', 'package a\n\ntype Cart struct{}\n\nfunc helper() int { return 1 }\n'] as const;
  const [first = ''] = await said('Count goods', ['a_test.go', 'package a\nvar c Cart'], wrong);
  assert.match(first, /uses Cart, which/);
});
