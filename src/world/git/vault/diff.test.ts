import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TreeEdit } from '../objects/edit.ts';
import { makeBench } from '../testing/repository.ts';
import { diff, diffOf } from './diff.ts';
import { edit, fileEdit } from './edit.ts';
import { vaultPlace } from './place.ts';

test('what differs between two trees that are known is what git says, in its order', async (t) => {
  const bench = await makeBench(t, {
    a: '1',
    'b.c': '2',
    'b/c': '3',
    'b/d/e': '4',
    link: { link: 'a' },
    'x.sh': { program: 'x' },
    z: '5',
  });
  const place = vaultPlace(bench.vault.dir, bench.pin.objectFormat);
  const content = Buffer.from('new\n');
  const set = (path: string, mode: '100644' | '100755' | '120000' = '100644'): TreeEdit =>
    fileEdit(place, path, mode, content);
  const gone = (path: string): TreeEdit => ({ path, entry: null });
  const trees = [bench.pin.tree];
  for (const edits of [
    [set('a'), set('b-x'), set('b/d/a'), set('new/\xe9/deep')],
    [set('link'), set('x.sh'), set('z', '120000'), gone('b.c')],
    [gone('b/c'), gone('b/d/e'), set('b'), gone('a'), set('a/in')],
    [set('a', '100755'), gone('z')],
  ])
    trees.push(await edit(place, bench.pin.tree, edits, [content]));
  await Promise.all(trees.map((tree) => place.trees.get(tree)));
  const without = { ...place, call: { ...place.call, gitDir: join(bench.dir, 'nowhere') } };
  for (const from of trees)
    for (const to of trees) assert.deepEqual(await diffOf(without, from, to), await diff(place.call, from, to));
});

test('trees that are not known are compared by git', async (t) => {
  const bench = await makeBench(t, { a: '1' });
  const place = vaultPlace(bench.vault.dir, bench.pin.objectFormat);
  const content = Buffer.from('new\n');
  const made = await edit(place, bench.pin.tree, [fileEdit(place, 'n', '100644', content)], [content]);
  const [change] = await diffOf(vaultPlace(bench.vault.dir, bench.pin.objectFormat), bench.pin.tree, made);
  assert.deepEqual([change?.path, change?.change, change?.oldMode], ['n', 'added', '000000']);
});
