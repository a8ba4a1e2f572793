import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import type { TreeId } from '../../../domain/ids.ts';
import { makeBench, writeFiles } from '../testing/repository.ts';

type Changes = Readonly<Record<string, string | null>>;

/** Each of several changes of one base as a tree. */
async function treesOf(t: TestContext, sides: readonly Changes[]) {
  const { vault, pin, dir: root } = await makeBench(t, { a: '1\n2\n3\n4\n5\n', b: 'b\n', 'd/e': 'e\n' });
  const trees: TreeId[] = [];
  for (const changes of sides) {
    const dir = join(root, `side${trees.length}`);
    await vault.createWorktree(dir, pin.commit);
    for (const [path, content] of Object.entries(changes))
      if (content === null) rmSync(join(dir, path), { recursive: true });
      else writeFiles(dir, { [path]: content });
    const request = { base: pin.tree, ref: `refs/omk/side${trees.length}`, layers: [], message: 'x', at: 0 };
    trees.push((await vault.snapshot({ worktree: dir, ...request })).candidate);
  }
  return { vault, base: pin.tree, trees };
}

/** Two changes of one base merged, and the names and contents that came out. */
async function merged(t: TestContext, ours: Changes, theirs: Changes) {
  const { vault, base, trees } = await treesOf(t, [ours, theirs]);
  const [onto = '', candidate = ''] = trees;
  const [result] = await vault.mergeChain(onto, [{ base, candidate }]);
  if (result === undefined) throw new TypeError('nothing was merged');
  if (result.kind === 'conflict') return result.paths;
  const names = (await vault.listTree(result.tree)).map(({ path }) => path);
  const texts = await vault.readTexts(result.tree, names);
  return Object.fromEntries(names.map((name, index) => [name, texts[index]]));
}

test('many changes are merged as one after the other would be, and no ref is left', async (t) => {
  const { vault, base, trees } = await treesOf(t, [
    { c: 'one\n', 'n/deep/x': 'x\n' },
    { b: null, 'é "q"\n': 'odd\n' },
    { a: 'one\n2\n3\n4\n5\n' },
    { a: '1\n2\n3\n4\nfive\n' },
    { a: 'uno\n2\n3\n4\n5\n' },
    { 'n/deep/y': 'y\n' },
    { 'n/deep': 'a file\n' },
    { z: 'last\n' },
  ]);
  const changes = trees.map((candidate) => ({ base, candidate }));
  const together = await vault.mergeChain(base, changes);
  const alone: (typeof together)[number][] = [];
  for (const change of changes) {
    const onto = alone.findLast((each) => each.kind === 'clean')?.tree ?? base;
    alone.push(...(await vault.mergeChain(onto, [change])));
  }
  assert.deepEqual(together, alone);
  assert.deepEqual(
    together.map(({ kind }) => kind),
    ['clean', 'clean', 'clean', 'clean', 'conflict', 'clean', 'conflict', 'clean'],
  );
  assert.deepEqual(await vault.listRefs('refs/omk/merging'), []);
});

test('changes of different paths, and of different lines of one file, are merged', async (t) => {
  assert.deepEqual(await merged(t, { b: null, c: 'ours\n' }, { 'd/e': 'theirs\n' }), {
    a: '1\n2\n3\n4\n5\n',
    c: 'ours\n',
    'd/e': 'theirs\n',
  });
  const lines = await merged(t, { a: 'one\n2\n3\n4\n5\n' }, { a: '1\n2\n3\n4\nfive\n' });
  assert.deepEqual(lines, { a: 'one\n2\n3\n4\nfive\n', b: 'b\n', 'd/e': 'e\n' });
});

test('what changes the same lines, or makes a folder where the other has a file, is a conflict', async (t) => {
  assert.deepEqual(await merged(t, { a: 'ours\n' }, { a: 'theirs\n' }), ['a']);
  assert.deepEqual(await merged(t, { b: null }, { b: 'changed\n' }), ['b']);
  const found = await merged(t, { n: 'file\n' }, { 'n/x': 'in a folder\n' });
  assert.ok(Array.isArray(found) && found.length > 0, JSON.stringify(found));
});
