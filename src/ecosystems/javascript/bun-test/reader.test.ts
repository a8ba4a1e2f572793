import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fixture, testsOf, whyOf } from '../../../world/gates/testing/fixture.ts';
import { bunTest } from './reader.ts';

test('names carry the file and the groups around them, the outermost first', () => {
  assert.deepEqual(testsOf(bunTest.read(fixture('bun-test.xml'), '/omk/checkout')), {
    passed: [
      'a.test.ts > sums > adds',
      'a.test.ts > sums > each 1',
      'a.test.ts > sums > each 2',
      'a.test.ts > sums > expected to fail',
      'a.test.ts > sums > same',
      'a.test.ts > sums > same #2',
      'sub/c.test.ts > top <&> "level"',
    ],
    failed: ['a.test.ts > sums > deeper > is wrong'],
    skipped: ['a.test.ts > sums > is skipped', 'a.test.ts > sums > is to do'],
  });
});

test('what is not such a report is invalid', () => {
  for (const text of ['', '{}', '<testsuites>', '<testsuites><testcase name="a"/></testsuites>'])
    assert.match(whyOf(bunTest.read(text, '/omk/checkout')), /^invalid: /, text);
});

test('it is `bun test`, and no script of that name', () => {
  const known = (...words: readonly string[]): boolean => bunTest.recognise(words[0] ?? '', words.slice(1)) !== null;
  assert.ok(known('bun', 'test') && known('bun', 'test', 'src', '--bail'));
  assert.ok(
    !known('bun', 'run', 'test') && !known('bun', 'test', '--watch') && !known('bun', 'test', '--reporter=dots'),
  );
});
