import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, utimesSync } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { objectId } from './id.ts';
import { storeObjects } from './store.ts';

const OBJECT = { kind: 'blob', content: Buffer.from('what is kept') } as const;
const ID = objectId('sha1', OBJECT.kind, OBJECT.content);

/** A repository, and what the disk does when it is asked to make a file durable. */
async function repository(t: TestContext, onSync: (file: string) => void) {
  const dir = mkdtempSync(join(tmpdir(), 'omk-objects-'));
  t.after(() => rmSync(dir, { recursive: true, force: true }));
  const file = join(dir, 'objects', ID.slice(0, 2), ID.slice(2));
  const handle = await open(dir);
  const handles: FileHandle = Object.getPrototypeOf(handle);
  await handle.close();
  const sync = t.mock.method(handles, 'sync', async () => onSync(file));
  return {
    dir,
    file,
    synced: () => sync.mock.callCount(),
    left: () => readdirSync(join(dir, 'objects', ID.slice(0, 2))),
  };
}

test('an object has its name only when the disk has all of it', async (t) => {
  const { dir, file, synced, left } = await repository(t, (at) =>
    assert.ok(!existsSync(at), 'named before it is durable'),
  );
  await storeObjects(dir, 'sha1', [OBJECT]);
  assert.equal(synced(), 1);
  assert.deepEqual([left(), statSync(file).mode & 0o777], [[ID.slice(2)], 0o444]);
});

test('one that the disk does not take is an error, and nothing is left of it', async (t) => {
  const { dir, left } = await repository(t, () => {
    throw Object.assign(new Error('EIO: i/o error, fsync'), { code: 'EIO' });
  });
  await assert.rejects(storeObjects(dir, 'sha1', [OBJECT]), { code: 'EIO' });
  assert.deepEqual(left(), []);
});

test('one that is there is not written again, and is as new as if it were', async (t) => {
  const { dir, file, synced } = await repository(t, () => undefined);
  await storeObjects(dir, 'sha1', [OBJECT, OBJECT]);
  utimesSync(file, 0, 0);
  await storeObjects(dir, 'sha1', [OBJECT]);
  assert.equal(synced(), 1);
  assert.ok(statSync(file).mtimeMs > 0);
});
