import assert from 'node:assert/strict';
import { matchesGlob as inNode } from 'node:path/posix';
import { test } from 'node:test';
import { fc } from '../testing/fast-check.ts';
import { matchesGlob } from './glob.ts';

test('folders, names, characters, choices', () => {
  for (const [glob, yes, no] of [
    ['src/**', ['src/a', 'src/a/b.ts'], ['srcs/a', 'a/src/b']],
    ['**/*.py', ['a.py', 'x/y/a.py'], ['a.pyc']],
    ['*.{js,ts}', ['a.js', 'b.ts'], ['a/b.ts', 'a.jsx']],
    ['src', ['src', 'src/a/b'], ['src.ts', 'a/src']],
    ['./src/', ['src/a'], ['src2']],
    ['a?.t*', ['ab.txt', 'ab.t'], ['a/.txt', 'abc.txt']],
    ['a+(b).c', ['a+(b).c'], ['aab.c', 'a+(b)xc']],
  ] as const) {
    for (const path of yes) assert.ok(matchesGlob(path, glob), `${glob} ${path}`);
    for (const path of no) assert.ok(!matchesGlob(path, glob), `${glob} ${path}`);
  }
});

test('property: never throws, and agrees with node where a glob has only stars', () => {
  const name = fc.stringMatching(/^[a-c]{1,3}$/);
  const path = fc.array(name, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('/'));
  const glob = fc
    .array(fc.constantFrom('a', '*', '**', 'b*', '?a'), { minLength: 1, maxLength: 4 })
    .map((parts) => parts.join('/'));
  fc.assert(
    fc.property(path, glob, fc.string(), (at, pattern, anything) => {
      assert.equal(typeof matchesGlob(at, anything), 'boolean');
      if (/[*?]/.test(pattern) && !/\*\*$/.test(pattern))
        assert.equal(matchesGlob(at, pattern), inNode(at, pattern), `${pattern} ${at}`);
    }),
  );
});
