import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { openObjects } from '../../../world/git/objects/open.ts';
import { makeBench, writeFiles } from '../../../world/git/testing/repository.ts';
import { missingGit } from '../../testing/tools.ts';
import { contractOf } from './contract.ts';

test('the contract computed here is the tree the vault makes', { skip: missingGit }, async (t) => {
  const bench = await makeBench(t, {
    'package.json': { program: '{"name":"a","scripts":{"test":"node --test"}}\n' },
    'sub/package.json': '{"scripts":{"test":"x"}}',
    'src/ä.js': 'wrong\n',
    'test/a.test.js': "test('a', () => {});\n",
    'test/b.test.js': "test('b', () => {});\n",
    'test/grows.test.js': "test('c', () => {});\n",
    'test/gone.test.js': 'x',
    'test/fixture': 'a file at the base',
    'test/link': { link: 'fixture' },
    'vitest.config.js': 'export default {};\n',
    '.omk/gates.toml': '',
  });
  for (const path of ['test/gone.test.js', 'test/fixture', 'test/link', 'package.json'])
    rmSync(join(bench.worktree, path));
  writeFiles(bench.worktree, {
    'package.json': '{"name":"a","version":"2.0.0","scripts":{"test":"true"},"dependencies":{"é":"1"}}\n',
    'sub/package.json': 'not json',
    'src/ä.js': 'right\n',
    'test/a.test.js': { program: "test.skip('a', () => {});\n" },
    'test/b.test.js': Buffer.from([0xff, 0xfe, 0]),
    'test/grows.test.js': "test('c', () => {});\ntest('d', () => {});\n",
    'test/fixture/inner': 'x',
    'test/link': 'no link any more',
    'test/new.test.js': 'x',
    'vitest.config.js': 'export default { cheat: 1 };\n',
    'deep/er/vitest.setup.js': 'cheat',
    '.omk/gates.toml': 'weaker',
    '.omk/more': 'x',
  });
  const { candidate } = await bench.snapshot();
  const objects = await openObjects(bench.vault.dir);
  const [before, after] = [await objects.listTree(bench.pin.tree), await objects.listTree(candidate)];
  const door = {
    ...objects,
    mentions: async (tree: string, needles: readonly string[]) =>
      (await objects.mentions(tree, needles)).map(({ path }) => path),
    treeFromPatch: async () => null,
    policyAt: async () => ({ gates: [], file: null }),
  };
  const contract = await contractOf(before, after, door);
  assert.ok(contract);
  assert.deepEqual([...new Set(contract.plan.edits.map((edit) => edit.action))].sort(), ['merge', 'remove', 'restore']);
  assert.equal(
    contract.tree,
    await bench.vault.overlay(bench.pin.tree, candidate, contract.plan.edits, contract.plan.merged),
  );
});
