import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { labelsOf } from '../../../world/syntax/testing/labels.ts';

const body = (code: string, annotations = '@Test', more = ''): string =>
  `package a;\n\nclass ATest {\n${more}\n  ${annotations}\n  void adds() throws Exception {\n    ${code}\n  }\n}\n`;
const becomes = (before: string, after: string): Promise<readonly string[]> =>
  labelsOf('src/test/java/ATest.java', before, after);

suite('tests in Java', () => {
  for (const [before, after, told] of [
    ['assertEquals(3, add(1, 2));', 'assertNotNull(add(1, 2));', 'looser assertion (assertEquals → assertNotNull)'],
    ['assertEquals(3, add(1, 2));', 'assertTrue(true);', 'looser assertion (assertEquals → assertTrue)'],
    ['assertEquals(1.5, x, 0.01);', 'assertEquals(1.5, x, 5.0);', 'lowered threshold (0.01 → 5)'],
    ['assertThat(x).isEqualTo(3).isNotNull();', 'assertThat(x).isNotNull();', '1 assertion fewer'],
    ['assertThat(x, is(3));', 'assertThat(x);', '1 assertion fewer'],
    ['assertTrue(x > 90);', 'assertTrue(x > 10);', 'lowered threshold (90 → 10)'],
    ['verify(mock).send(1);', 'mock.send(1);', '1 assertion fewer'],
    [
      'assertEquals(3, x);',
      'try { assertEquals(3, x); } catch (AssertionError e) { }',
      '1 assertion not always reached',
    ],
    ['assertEquals(3, x);', 'if (x == 3) return; assertEquals(3, x);', '1 assertion not always reached'],
    ['assertEquals(3, x);', 'Assumptions.assumeTrue(false); assertEquals(3, x);', 'skip added'],
  ] as const)
    test(`${before} → ${after}`, async () =>
      assert.deepEqual(await becomes(body(before), body(after)), [`weakened ATest > adds: ${told}`]));

  test('annotations', async () => {
    const code = 'assertEquals(3, x);';
    const marked = (annotations: string): Promise<readonly string[]> => becomes(body(code), body(code, annotations));
    assert.deepEqual(await marked('@Test @Disabled("later")'), ['weakened ATest > adds: skip added']);
    assert.deepEqual(await marked('@Test(enabled = false)'), ['weakened ATest > adds: skip added']);
    assert.deepEqual(await marked('@Test(expected = Error.class)'), ['weakened ATest > adds: may fail now']);
    assert.deepEqual(await becomes(body(code), body(code).replace('class ATest', '@Ignore\nclass ATest')), [
      'weakened ATest > adds: skip added',
      'changed: more outside of its tests',
    ]);
    const table = (rows: string): string => body('assertEquals(a, b);', `@ParameterizedTest @CsvSource({${rows}})`);
    assert.deepEqual(await becomes(table('"1,2", "3,4", "5,6"'), table('"1,2"')), [
      'weakened ATest > adds: 2 cases fewer',
    ]);
  });

  test('names, groups, helpers', async () => {
    const base = body(
      'check(x);',
      '@Test',
      '  private void check(int x) { assertEquals(3, x); }\n  @Nested class Inner { @Test void deep() { assertNull(y); } }',
    );
    assert.deepEqual(await becomes(base, base.replace('adds', 'sums')), [
      'renamed ATest > sums: was ATest > adds, the same body',
    ]);
    assert.deepEqual(await becomes(base, base.replace('deep', 'low')), [
      'renamed ATest > Inner > low: was ATest > Inner > deep, the same body',
    ]);
    assert.deepEqual(await becomes(base, base.replace('assertEquals(3, x);', '')), ['changed: outside of its tests']);
  });
});
