import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fc } from '../testing/fast-check.ts';
import { placedOn } from './beside-tree.ts';

const beside = {
  submodules: [
    { path: 'lib', id: 'c1' },
    { path: 'lib/deep', id: 'c2' },
    { path: 'library', id: 'c3' },
  ],
  lfs: [{ path: 'a.bin', oid: 'o1' }],
  included: ['.env'],
};
const BASE: Readonly<Record<string, string>> = { lib: 'c1', library: 'c3', 'a.bin': 'p1', 'src/a.js': 's1' };
const at =
  (tree: Readonly<Record<string, string>>) =>
  (path: string): string | undefined =>
    Object.hasOwn(tree, path) ? tree[path] : undefined;
const placed = (tree: Readonly<Record<string, string>>): readonly string[] => placedOn(beside, at(BASE), at(tree));

test('a checkout of the base gets all there is', () => {
  assert.deepEqual(placed(BASE), ['lib', 'lib/deep', 'library', 'a.bin', '.env']);
});

test('a candidate gets nothing in the place of what it changed, and nothing over its own files', () => {
  assert.deepEqual(placed({ ...BASE, lib: 'other' }), ['library', 'a.bin', '.env']);
  assert.deepEqual(placed({ ...BASE, 'a.bin': 'another pointer' }), ['lib', 'lib/deep', 'library', '.env']);
  assert.deepEqual(placed({ 'src/a.js': 's1', '.env': 'x' }), []);
});

test('whatever a candidate is, what it gets has the id that the base names, or no id', () => {
  const trees = fc.dictionary(
    fc.constantFrom('lib', 'library', 'a.bin', '.env', 'src/a.js'),
    fc.constantFrom('c1', 'c3', 'p1', 'x'),
  );
  fc.assert(
    fc.property(trees, (tree) => {
      for (const path of placed(tree)) {
        if (path === '.env') assert.ok(!Object.hasOwn(tree, path));
        else assert.equal(tree[path.split('/')[0] ?? ''], BASE[path.split('/')[0] ?? '']);
      }
    }),
  );
});
