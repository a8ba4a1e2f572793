import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fc } from '../testing/fast-check.ts';
import { isWritable } from '../plan/safe-path.ts';
import { writeSetsMeet } from './write-set.ts';

test('write sets meet where a folder holds the other, and where patterns may', () => {
  for (const [one, other, meets] of [
    [['src/'], ['src/a.js'], true],
    [['src/a.js'], ['src/b.js'], false],
    [['src/'], ['test/'], false],
    [['src/*.js'], ['src/*.ts'], true],
    [['**/a.js'], ['test/'], true],
    [['a/', 'b/'], ['c/', 'b/x'], true],
    [[], ['src/'], false],
  ] as const)
    assert.deepEqual([writeSetsMeet(one, other), writeSetsMeet(other, one)], [meets, meets], `${one} ${other}`);
});

test('property: globs that match one path are never said not to meet', () => {
  const part = fc.constantFrom('a', 'b', '*', '**');
  const globs = fc
    .tuple(fc.array(part, { minLength: 1, maxLength: 3 }), fc.boolean())
    .map(([parts, isFolder]) => `${parts.join('/')}${isFolder ? '/' : ''}`);
  const paths = fc
    .array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 4 })
    .map((parts) => parts.join('/'));
  fc.assert(
    fc.property(globs, globs, paths, (one, other, path) => {
      if (isWritable([one], path) && isWritable([other], path)) assert.ok(writeSetsMeet([one], [other]));
    }),
  );
});
