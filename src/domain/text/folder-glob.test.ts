import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fc } from '../testing/fast-check.ts';
import { matchesFolder } from './folder-glob.ts';

test('patterns of workspaces match folders', () => {
  const yes = [
    ['packages/a', 'packages/*'],
    ['packages/a', './packages/*/'],
    ['a/b/c', 'a/**'],
    ['a', '**'],
    ['apps/web-1', 'apps/web-*'],
    ['x', 'x'],
    ['a/b/c', '**/c'],
  ];
  const no = [
    ['packages/a/b', 'packages/*'],
    ['packages', 'packages/*'],
    ['xpackages/a', 'packages/*'],
    ['a.b', 'a+b'],
    ['axb', 'a.b'],
  ];
  for (const [folder = '', pattern = ''] of yes)
    assert.equal(matchesFolder(folder, pattern), true, `${folder} ${pattern}`);
  for (const [folder = '', pattern = ''] of no)
    assert.equal(matchesFolder(folder, pattern), false, `${folder} ${pattern}`);
});

test('property: a folder matches itself, and any pattern can be asked', () => {
  const name = fc.stringMatching(/^[a-z0-9_@+-][a-z0-9._@+-]{0,7}$/);
  fc.assert(
    fc.property(fc.array(name, { minLength: 1, maxLength: 4 }), fc.string(), (parts, any) => {
      const folder = parts.join('/');
      assert.equal(matchesFolder(folder, folder), true);
      assert.equal(typeof matchesFolder(folder, any), 'boolean');
    }),
  );
});
