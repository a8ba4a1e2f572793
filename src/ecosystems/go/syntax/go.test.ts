import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { labelsOf } from '../../../world/syntax/testing/labels.ts';

const becomes = (before: string, after: string): Promise<readonly string[]> =>
  labelsOf('a_test.go', `package a\n\n${before}`, `package a\n\n${after}`);
const body = (code: string): string => `func TestA(t *testing.T) {\n\tgot := Add(1, 2)\n\t${code}\n}\n`;

suite('tests in Go', () => {
  for (const [before, after, told] of [
    [
      'if got != 3 { t.Errorf("got %d", got) }',
      'if got == 0 { t.Errorf("got %d", got) }',
      'looser assertion (if != → if ==)',
    ],
    ['if got != 3 { t.Errorf("got %d", got) }', 't.Logf("got %d", got)', '1 assertion fewer'],
    [
      'if got != 3 { t.Errorf("got %d", got) }',
      'if false { t.Errorf("got %d", got) }',
      'looser assertion (if != → if reached)',
    ],
    ['if got != 3 { t.Fatal() }', 'if got < 0 { if got != 3 { t.Fatal() } }', '1 assertion not always reached'],
    ['if got < 90 { t.Fatal("low") }', 'if got < 50 { t.Fatal("low") }', 'lowered threshold (90 → 50)'],
    ['if got > 10 { t.Fatal("high") }', 'if got > 500 { t.Fatal("high") }', 'lowered threshold (10 → 500)'],
    ['require.Equal(t, 3, got)', 'require.NotNil(t, got)', 'looser assertion (Equal → NotNil)'],
    ['assert.InDelta(t, 3, got, 0.1)', 'assert.InDelta(t, 3, got, 9)', 'lowered threshold (0.1 → 9)'],
    ['assert.Equal(t, 3, got)', 't.Skip("later"); assert.Equal(t, 3, got)', 'skip added'],
    ['assert.Equal(t, 3, got)', 'return; assert.Equal(t, 3, got)', '1 assertion not always reached'],
    ['assert.Equal(t, 3, got)', 'assert.True(t, true)', 'looser assertion (Equal → True)'],
  ] as const)
    test(`${before} → ${after}`, async () =>
      assert.deepEqual(await becomes(body(before), body(after)), [`weakened TestA: ${told}`]));

  test('subtests, helpers, build tags', async () => {
    const sub = body('t.Run("one", func(t *testing.T) { require.Equal(t, 3, got) })');
    assert.deepEqual(await becomes(sub, sub.replace('"one"', '"two"')), [
      'renamed TestA > two: was TestA > one, the same body',
    ]);
    assert.deepEqual(await becomes(sub, sub.replace('TestA', 'TestB')), [
      'renamed TestB: was TestA, the same body',
      'renamed TestB > one: was TestA > one, the same body',
    ]);
    assert.deepEqual(await becomes(`${sub}func helper() { a() }\n`, `${sub}func helper() { b() }\n`), [
      'changed: outside of its tests',
    ]);
    assert.deepEqual(await labelsOf('a_test.go', `package a\n${sub}`, `//go:build never\n\npackage a\n${sub}`), [
      'changed: more outside of its tests',
    ]);
    assert.deepEqual(await becomes(sub, `${sub}func TestZ(t *testing.T) { if f() != 1 { t.Fatal() } }\n`), [
      'added TestZ',
    ]);
    assert.deepEqual(await becomes(`${sub}func Testing() {}\n`, sub), ['changed: outside of its tests']);
  });

  test('generics are read', async () => {
    const generic =
      'func check[T comparable](t *testing.T, a, b T) { if a != b { t.Fatal() } }\n' +
      'func TestG(t *testing.T) { check[int](t, Sum[int]([]int{1}), 3); if Map[string, int](x) != nil { ' +
      't.Error() } }\n';
    assert.deepEqual(await becomes(generic, generic.replace('if Map[string, int](x) != nil { t.Error() }', '')), [
      'weakened TestG: 1 assertion fewer',
    ]);
  });
});
