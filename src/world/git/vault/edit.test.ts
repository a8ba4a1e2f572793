import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TreeEdit } from '../objects/edit.ts';
import { readTree } from '../objects/tree.ts';
import { makeBench } from '../testing/repository.ts';
import { edit, fileEdit } from './edit.ts';
import { vaultPlace } from './place.ts';

test('what is known of an edited tree without asking git is what git says, whatever trades places', async (t) => {
  const bench = await makeBench(t, { a: '1', 'b.c': '2', 'b/c': '3', 'b/d/e': '4', z: '5' });
  const place = vaultPlace(bench.vault.dir, bench.pin.objectFormat);
  const text = Buffer.from('new\n');
  const set = (path: string): TreeEdit => fileEdit(place, path, '100644', text);
  const gone = (path: string): TreeEdit => ({ path, entry: null });
  for (const [edits, files] of [
    [[set('a')], 'a b.c b/c b/d/e z'],
    [[set('b-x'), set('b/d/a'), set('new/deep/\xe9')], 'a b-x b.c b/c b/d/a b/d/e new/deep/\xe9 z'],
    [[gone('b/c'), gone('b/d/e')], 'a b.c z'],
    [[set('a/in'), gone('a')], 'a/in b.c b/c b/d/e z'],
    [[set('a/in')], 'a/in b.c b/c b/d/e z'],
    [[gone('b/c'), gone('b/d/e'), set('b')], 'a b b.c z'],
    [[set('b')], 'a b b.c z'],
    [[gone('nowhere'), gone('b')], 'a b.c b/c b/d/e z'],
  ] as const) {
    const tree = await edit(place, bench.pin.tree, edits, [text]);
    const seen = await readTree(place.call, tree);
    assert.deepEqual([...seen.keys()], files.split(' '));
    assert.deepEqual([...(await place.trees.get(tree))], [...seen]);
  }
  const refs = await bench.vault.listRefs('refs/omk/editing');
  assert.deepEqual(refs, []);
});

test('an edit that was made is not made again', async (t) => {
  const bench = await makeBench(t, { a: '1' });
  const place = vaultPlace(bench.vault.dir, bench.pin.objectFormat);
  const content = Buffer.from('new\n');
  const made = await edit(place, bench.pin.tree, [fileEdit(place, 'n', '100644', content)], [content]);
  const without = { ...place, call: { ...place.call, gitDir: join(bench.dir, 'nowhere') } };
  assert.equal(await edit(without, bench.pin.tree, [fileEdit(place, 'n', '100644', content)], [content]), made);
});
