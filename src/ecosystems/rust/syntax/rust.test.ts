import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { labelsOf } from '../../../world/syntax/testing/labels.ts';

const inside = (code: string, attributes = '#[test]', helper = ''): string =>
  `pub fn add(a: i32) -> i32 { a }\n\n#[cfg(test)]\nmod tests {\n    use super::*;\n${helper}\n` +
  `    ${attributes}\n    fn adds() {\n        ${code}\n    }\n}\n`;
const becomes = (before: string, after: string): Promise<readonly string[]> =>
  labelsOf('src/lib.rs', before, after, true);

suite('tests in Rust', () => {
  for (const [before, after, told] of [
    ['assert_eq!(add(1), 3);', 'assert!(add(1) > 0);', 'looser assertion (assert_eq! → assert!)'],
    ['assert_eq!(add(1), 3);', 'let _ = add(1);', '1 assertion fewer'],
    ['assert_eq!(add(1), 3);', 'assert_ne!(add(1), 4);', 'looser assertion (assert_eq! → assert_ne!)'],
    ['assert_eq!(add(1), 3);', 'assert_eq!(3, 3);', 'looser assertion (assert_eq! → assert_eq!)'],
    ['assert!(score >= 0.9);', 'assert!(score >= 0.2);', 'lowered threshold (0.9 → 0.2)'],
    ['assert_eq!(add(1), 3);', 'if add(1) == 3 { assert_eq!(add(1), 3); }', '1 assertion not always reached'],
    ['assert_eq!(add(1), 3);', 'return; assert_eq!(add(1), 3);', '1 assertion not always reached'],
  ] as const)
    test(`${before} → ${after}`, async () =>
      assert.deepEqual(await becomes(inside(before), inside(after)), [`weakened tests > adds: ${told}`]));

  test('attributes', async () => {
    const base = inside('assert_eq!(add(1), 3);');
    const marked = (attributes: string): Promise<readonly string[]> =>
      becomes(base, inside('assert_eq!(add(1), 3);', attributes));
    assert.deepEqual(await marked('#[test]\n    #[ignore = "later"]'), ['weakened tests > adds: skip added']);
    assert.deepEqual(await marked('#[test]\n    #[should_panic]'), ['weakened tests > adds: may fail now']);
    assert.deepEqual(await marked('#[test]\n    #[cfg(feature = "never")]'), ['weakened tests > adds: skip added']);
    assert.deepEqual(await marked('#[tokio::test]'), [
      'changed tests > adds: other steps, and no assertion that omk recognizes is another',
    ]);
    assert.deepEqual(await marked(''), ['removed tests > adds', 'changed: outside of its tests']);
  });

  test('code beside the tests is not theirs, a helper of tests is', async () => {
    const base = inside('check(add(1));', '#[test]', '    fn check(a: i32) { assert_eq!(a, 3); }');
    assert.deepEqual(await becomes(base, base.replace('{ a }', '{ a + 1 }')), [
      'changed: comments, layout or order, as far as it can be read',
    ]);
    assert.deepEqual(await becomes(base, base.replace('assert_eq!(a, 3);', '')), ['changed: outside of its tests']);
    assert.deepEqual(await becomes(base, base.replace('fn adds', 'fn sums')), [
      'renamed tests > sums: was tests > adds, the same body',
    ]);
    assert.deepEqual(await becomes(base, base.replace('#[cfg(test)]', '#[cfg(never)]')), [
      'weakened tests > adds: skip added',
      'changed: outside of its tests',
    ]);
  });
});
