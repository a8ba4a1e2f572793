import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fc } from '../testing/fast-check.ts';
import { toRaw, toRepoPath } from './path-bytes.ts';

/** Bytes that meet: what looks like an escape, parts of UTF-8, and anything else that a name may hold. */
const raws = fc
  .array(
    fc.oneof(
      fc.constantFrom('\\', 'x', '5C', 'E9', '\\xE9', '\\x5C', '\\x41', '/', '\u00c3', '\u00a9', '\u00ff', 'a'),
      fc.integer({ min: 1, max: 255 }).map((byte) => String.fromCharCode(byte)),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''));

test('property: a path of any bytes comes back from its text, and no two have the same text', () => {
  fc.assert(
    fc.property(raws, raws, (one, other) => {
      assert.equal(toRaw(toRepoPath(one)), one);
      assert.equal(toRepoPath(one) === toRepoPath(other), one === other);
      assert.equal(toRepoPath(one).split('/').length, one.split('/').length, 'an escape is never a separator');
    }),
    { numRuns: 2_000 },
  );
});

test('names that are UTF-8 stay as they are, and bytes that are not are shown', () => {
  const raw = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');
  for (const text of ['src/a.js', 'ünï/naïve 名.txt', 'a\\b', 'a\\x41', 'a\\xe9'])
    assert.equal(toRepoPath(raw(text)), text);
  assert.equal(toRepoPath('caf\u00e9/x'), 'caf\\xE9/x');
  assert.equal(toRepoPath('a\\xE9'), 'a\\x5CxE9');
});
