import assert from 'node:assert/strict';
import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { openShelf, type Shelved } from './shelf.ts';

const LARGE = Buffer.alloc(100_000, 'x');
const FILES = { 'a.so': LARGE, 'same.so': LARGE, 'b/small.js': Buffer.from('x'), 'c.py': LARGE };

function temporary(t: TestContext): string {
  const dir = realpathSync(mkdtempSync(join(tmpdir(), 'omk-share-')));
  t.after(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

async function layer(
  state: string,
  key: string,
  files: Readonly<Record<string, Buffer>>,
  share = true,
): Promise<Shelved> {
  const shelf = await openShelf(state, async () => share);
  const built = await shelf.build(key.padEnd(32, '0'), async (_folder, out) => {
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(dirname(join(out, name)), { recursive: true });
      writeFileSync(join(out, name), content);
    }
    return { kind: 'done', nested: [] } as const;
  });
  assert.ok('dir' in built);
  return built;
}
const inode = ({ dir }: Shelved, name: string): number => lstatSync(join(dir, 'content', name)).ino;

test('large files that layers have in common lie on the disk once, and each layer is still what was built', async (t) => {
  const state = temporary(t);
  const one = await layer(state, 'one', FILES);
  const two = await layer(state, 'two', { ...FILES, 'more.js': Buffer.from('y') });
  assert.equal(inode(one, 'a.so'), inode(two, 'a.so'));
  for (const name of ['b/small.js', 'c.py', 'same.so']) assert.notEqual(inode(one, name), inode(two, name), name);
  assert.notEqual(inode(two, 'a.so'), inode(two, 'same.so'));
  const shelf = await openShelf(state);
  for (const each of [one, two]) assert.equal(await shelf.intact(each.dir, each.digest), true);
  assert.ok(!readdirSync(join(two.dir, 'content')).some((name) => /\.so\./.test(name)));
});

test('T14 what was written to in one layer is not given to another', async (t) => {
  const state = temporary(t);
  const one = await layer(state, 'one', FILES);
  writeFileSync(join(one.dir, 'content', 'a.so'), Buffer.alloc(100_000, 'poison'));
  const two = await layer(state, 'two', FILES);
  assert.deepEqual(readFileSync(join(two.dir, 'content', 'a.so')), LARGE);
  const shelf = await openShelf(state);
  assert.equal(await shelf.intact(one.dir, one.digest), false);
  assert.equal(await shelf.intact(two.dir, two.digest), true);
});

test('T14 nothing is shared without a sandbox', async (t) => {
  const state = temporary(t);
  const [one, two] = [await layer(state, 'one', FILES, false), await layer(state, 'two', FILES, false)];
  assert.notEqual(inode(one, 'a.so'), inode(two, 'a.so'));
});

test('what no layer has any more is removed with the next build', async (t) => {
  const state = temporary(t);
  const one = await layer(state, 'one', FILES);
  rmSync(one.dir, { recursive: true });
  await layer(state, 'two', { 'd.so': Buffer.alloc(100_000, 'z') });
  assert.equal(readdirSync(join(state, 'layers', '.store')).length, 1);
});
