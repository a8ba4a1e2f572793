import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { fc } from '../testing/fast-check.ts';
import { laidOver } from './laid-over.ts';

suite('files laid over a tree', () => {
  const entry = (path: string, id = 'old') => ({ path, mode: '100644', id });
  const paths = fc
    .array(fc.constantFrom('a', 'b', 'a-b'), { minLength: 1, maxLength: 3 })
    .map((parts) => parts.join('/'));
  /** No path is a folder of another, as in a tree. */
  const trees = fc
    .uniqueArray(paths, { maxLength: 8 })
    .map((all) => all.filter((path) => !all.some((other) => other.startsWith(`${path}/`))));

  test('take the place of a file, of a folder of their name, and of a file in their way', () => {
    const tree = ['test', 'src/a/x.js', 'src/ab.js', 'lib/b.js'].map((path) => entry(path));
    const laid = laidOver(tree, [entry('test/a.js', 'new'), entry('src/a', 'new'), entry('lib/b.js', 'new')]);
    assert.deepEqual(laid.map(({ path, id }) => `${path} ${id}`).sort(), [
      'lib/b.js new',
      'src/a new',
      'src/ab.js old',
      'test/a.js new',
    ]);
  });

  test('are all there, the rest stays unless it is in the way, and what comes out is a tree', () => {
    fc.assert(
      fc.property(trees, trees, (tree, files) => {
        const laid = laidOver(
          tree.map((path) => entry(path)),
          files.map((path) => entry(path, 'new')),
        );
        const now = new Map(laid.map(({ path, id }) => [path, id]));
        assert.equal(now.size, laid.length);
        for (const path of files) assert.equal(now.get(path), 'new');
        for (const path of now.keys()) assert.ok(![...now.keys()].some((other) => other.startsWith(`${path}/`)));
        const touches = (path: string): boolean =>
          files.some((each) => each === path || each.startsWith(`${path}/`) || path.startsWith(`${each}/`));
        const laidAt = (path: string): string | undefined => {
          if (!touches(path)) return 'old';
          return files.includes(path) ? 'new' : undefined;
        };
        for (const path of tree) assert.equal(now.get(path), laidAt(path));
      }),
    );
  });
});
