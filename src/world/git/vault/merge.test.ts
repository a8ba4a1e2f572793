import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import type { MergedTrees } from '../../../domain/queue/merge.ts';
import { makeBench, writeFiles } from '../testing/repository.ts';

type Changes = Readonly<Record<string, string | null>>;

/** Two changes of one base, each as a tree, merged; and the names and contents that came out. */
async function merged(t: TestContext, ours: Changes, theirs: Changes) {
  const bench = await makeBench(t, { a: '1\n2\n3\n4\n5\n', b: 'b\n', 'd/e': 'e\n' });
  const { vault, pin } = bench;
  const made: string[] = [];
  for (const changes of [ours, theirs]) {
    const dir = join(bench.dir, `side${made.length}`);
    await vault.createWorktree(dir, pin.commit);
    for (const [path, content] of Object.entries(changes))
      if (content === null) rmSync(join(dir, path), { recursive: true });
      else writeFiles(dir, { [path]: content });
    const request = { base: pin.tree, ref: `refs/omk/side${made.length}`, layers: [], message: 'x', at: 0 };
    made.push((await vault.snapshot({ worktree: dir, ...request })).candidate);
  }
  const [onto = '', candidate = ''] = made;
  const result: MergedTrees = await vault.merge({ onto, base: pin.tree, candidate });
  if (result.kind === 'conflict') return result.paths;
  const names = (await vault.listTree(result.tree)).map(({ path }) => path);
  const texts = await vault.readTexts(result.tree, names);
  return Object.fromEntries(names.map((name, index) => [name, texts[index]]));
}

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
