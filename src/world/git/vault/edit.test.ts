import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TreeEdit } from '../objects/edit.ts';
import { objectId } from '../objects/id.ts';
import { readObjects } from '../objects/read.ts';
import { readTree } from '../objects/tree.ts';
import { git, gitText } from '../run.ts';
import { makeBench } from '../testing/repository.ts';
import { edit, editEach, fileEdit } from './edit.ts';
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

test('objects that omk writes are those of git, and are read by git', async (t) => {
  const bench = await makeBench(t, { 'a.b': '1', 'a/b/c': '2', 'a/b-c': '3', a0: '4', 'd/only': '5' });
  const place = vaultPlace(bench.vault.dir, bench.pin.objectFormat);
  const text = Buffer.from('new\n');
  const edits = [
    fileEdit(place, 'a/b.c', '100755', text),
    fileEdit(place, 'a/b/d/e', '100644', text),
    fileEdit(place, '\xe9/x', '100644', text),
    { path: 'd/only', entry: null },
  ];
  const [byGit] = await editEach(place, bench.pin.tree, [edits], [text]);
  const other = await makeBench(t, { 'a.b': '1', 'a/b/c': '2', 'a/b-c': '3', a0: '4', 'd/only': '5' });
  const there = vaultPlace(other.vault.dir, other.pin.objectFormat);
  assert.equal(await edit(there, other.pin.tree, edits, [text]), byGit);
  const [read] = await readObjects(there.call, [`${byGit}:a/b.c`]);
  assert.deepEqual([read?.id, read?.content], [objectId(there.format, 'blob', text), text]);
  await git(['fsck', '--full', '--strict', '--no-dangling'], there.call);
});

test('a tree that its files do not tell is edited by git', async (t) => {
  const bench = await makeBench(t, { a: '1' });
  const place = vaultPlace(bench.vault.dir, bench.pin.objectFormat);
  const empty = await gitText(['hash-object', '-t', 'tree', '-w', '--stdin'], { ...place.call, input: '' });
  const listed = await gitText(['ls-tree', bench.pin.tree], place.call);
  const odd = await gitText(['mktree'], { ...place.call, input: `${listed}\n040000 tree ${empty}\tempty\n` });
  const text = Buffer.from('new\n');
  const made = await edit(place, odd, [fileEdit(place, 'n', '100644', text)], [text]);
  assert.match(await gitText(['ls-tree', made], place.call), /\tempty$/m);
});
