import assert from 'node:assert/strict';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { openShelf } from './shelf.ts';

const top = mkdtempSync(join(tmpdir(), 'omk-shelf-'));
after(() => rmSync(top, { recursive: true, force: true }));
let made = 0;
const state = (): string => join(top, String((made += 1)));
const KEY = 'a'.repeat(64);
const DONE = { kind: 'done', nested: [] } as const;
const put = (text: string) => async (_folder: string, out: string) => {
  writeFileSync(join(out, 'file'), text);
  return DONE;
};
const dirOf = (built: object): string =>
  'dir' in built && typeof built.dir === 'string' ? built.dir : assert.fail('not built');

test('what was built is found again, by another process too', async () => {
  const dir = state();
  const shelf = await openShelf(dir);
  assert.equal(await shelf.take(KEY), null);
  const built = await shelf.build(KEY, put('x'));
  assert.deepEqual(await shelf.take(KEY), built);
  assert.deepEqual(await (await openShelf(dir)).take(KEY), built);
  assert.deepEqual(readdirSync(join(dir, 'layers')), [KEY.slice(0, 32)]);
});

test('two that build the same layer at once get one of the two, whole', async () => {
  const dir = state();
  const shelves = [await openShelf(dir), await openShelf(dir)];
  const { promise: both, resolve } = Promise.withResolvers<void>();
  let waiting = 0;
  const built = await Promise.all(
    shelves.map((shelf, i) =>
      shelf.build(KEY, async (folder, out) => {
        if ((waiting += 1) === 2) resolve();
        await both;
        return put(String(i))(folder, out);
      }),
    ),
  );
  const [first, second] = built;
  assert.deepEqual(first, second);
  assert.match(readFileSync(join(dirOf(first ?? {}), 'content', 'file'), 'utf8'), /^[01]$/);
  assert.equal(readdirSync(join(dir, 'layers')).length, 1);
});

test('a build that fails leaves nothing, and says what it said', async () => {
  const dir = state();
  const shelf = await openShelf(dir);
  assert.deepEqual(await shelf.build(KEY, async () => ({ kind: 'failed' }) as const), { kind: 'failed' });
  await assert.rejects(
    shelf.build(KEY, async () => {
      throw new Error('broken');
    }),
    /broken/,
  );
  assert.deepEqual(readdirSync(join(dir, 'layers')), []);
});

test('T14 a layer that a killed process had half built is not used', async () => {
  const dir = state();
  mkdirSync(join(dir, 'layers', '.build-killed', 'layer', 'content'), { recursive: true });
  mkdirSync(join(dir, 'layers', KEY.slice(0, 32), 'content'), { recursive: true });
  const shelf = await openShelf(dir);
  assert.equal(await shelf.take(KEY), null);
  const built = await shelf.build(KEY, put('x'));
  assert.deepEqual(await shelf.take(KEY), built);
});

test('what a killed process left is removed after a day, and what is being built now is not', async () => {
  const dir = state();
  const [old, now] = ['.build-old', '.build-now'].map((name) => join(dir, 'layers', name));
  for (const path of [old, now]) mkdirSync(path ?? '', { recursive: true });
  const twoDaysAgo = new Date(Date.now() - 48 * 3600 * 1000);
  utimesSync(old ?? '', twoDaysAgo, twoDaysAgo);
  await openShelf(dir);
  assert.deepEqual([existsSync(old ?? ''), existsSync(now ?? '')], [false, true]);
});

test('T14 a poisoned layer is told by its check, and is built anew', async () => {
  const shelf = await openShelf(state());
  const built = await shelf.build(KEY, put('good'));
  const dir = dirOf(built);
  const digest = 'digest' in built ? built.digest : '';
  assert.equal(await shelf.intact(dir, digest), true);
  writeFileSync(join(dir, 'content', 'file'), 'evil');
  assert.equal(await shelf.intact(dir, digest), false);
  assert.equal(await shelf.take(KEY), null);
  assert.equal(existsSync(dir), false);
});

test('a layer whose files were only touched is intact, one with another digest is not', async () => {
  const shelf = await openShelf(state());
  const built = await shelf.build(KEY, put('good'));
  const dir = dirOf(built);
  const digest = 'digest' in built ? built.digest : '';
  utimesSync(join(dir, 'content', 'file'), new Date(), new Date());
  assert.equal(await shelf.intact(dir, digest), true);
  assert.equal(await shelf.intact(dir, 'b'.repeat(64)), false);
});
