import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, it } from 'node:test';
import type { TestContext } from 'node:test';
import { openStore, openStoreIfExists, openToRead } from './open.ts';
import { Connection } from './sqlite/connection.ts';
import { migrate } from './sqlite/schema.ts';
import { event, manualClock, scratch, summary } from './testing/fixtures.ts';

const clock = manualClock();
const isRoot = process.getuid?.() === 0;
const noModes = process.platform === 'win32' ? 'no file modes here' : false;

async function newState(t: TestContext): Promise<string> {
  const folder = await scratch();
  t.after(folder.remove);
  return join(folder.path, 'a', 'state');
}

const mode = (path: string): number => statSync(path).mode & 0o777;

describe('opening the store', () => {
  it('T17: keeps the state directory 0700 and every file in it 0600', { skip: noModes }, async (t) => {
    const stateDir = await newState(t);
    const store = await openStore({ stateDir, clock });
    await store.append('g-1', 0, [event('a')], summary('g-1'));
    const { sha256 } = await store.putBlob(Buffer.from('content'));
    assert.equal(mode(stateDir), 0o700);
    assert.deepEqual(readdirSync(stateDir).sort(), ['blobs', 'goals.db', 'goals.db-shm', 'goals.db-wal']);
    for (const file of ['goals.db', 'goals.db-shm', 'goals.db-wal'])
      assert.equal(mode(join(stateDir, file)), 0o600, file);
    const folder = join(stateDir, 'blobs', sha256.slice(0, 2));
    for (const path of [join(stateDir, 'blobs'), folder]) assert.equal(mode(path), 0o700);
    assert.equal(mode(join(folder, sha256.slice(2))), 0o600);
    assert.deepEqual(readdirSync(join(stateDir, 'blobs')), [sha256.slice(0, 2)]);
    await store.close();
  });

  it('reads what it cannot write, leaves no file there, and refuses what it would have to change first', async (t) => {
    const stateDir = await newState(t);
    const store = await openStore({ stateDir, clock });
    await store.append('g-1', 0, [event('a')], summary('g-1'));
    assert.throws(() => openToRead({ stateDir, clock }), {
      code: 'STORE_UNWRITABLE',
      message: /what was written last is not in its database yet/,
    });
    await store.close();
    const before = readdirSync(stateDir);
    const reading = openToRead({ stateDir, clock });
    assert.equal((await reading.read('g-1')).length, 1);
    assert.deepEqual(readdirSync(stateDir), before);
    await assert.rejects(reading.append('g-1', 1, [event('b')], summary('g-1')), { code: 'STORE_UNWRITABLE' });
    await reading.close();
    const database = new DatabaseSync(join(stateDir, 'goals.db'));
    database.exec('PRAGMA user_version = 1');
    database.close();
    assert.throws(() => openToRead({ stateDir, clock }), { message: /its database is of another version/ });
  });

  it(
    'T17: makes an own directory private when it is empty or its own, and refuses one that holds other things',
    { skip: noModes },
    async (t) => {
      const stateDir = await newState(t);
      mkdirSync(stateDir, { recursive: true });
      chmodSync(stateDir, 0o755);
      await (await openStore({ stateDir, clock })).close();
      assert.equal(mode(stateDir), 0o700);
      chmodSync(stateDir, 0o750);
      chmodSync(join(stateDir, 'goals.db'), 0o644);
      await (await openStore({ stateDir, clock })).close();
      assert.deepEqual([mode(stateDir), mode(join(stateDir, 'goals.db'))], [0o700, 0o600]);

      const shared = await newState(t);
      mkdirSync(shared, { recursive: true });
      writeFileSync(join(shared, 'photo.jpg'), '');
      chmodSync(shared, 0o755);
      await assert.rejects(openStore({ stateDir: shared, clock }), {
        code: 'STORE_UNSAFE',
        exit: 6,
        fix: `chmod 700 ${shared}`,
      });
      assert.equal(mode(shared), 0o755);
      assert.deepEqual(readdirSync(shared), ['photo.jpg']);
    },
  );

  it(
    'refuses a directory it cannot write, with the fix',
    { skip: isRoot ? 'root may write everywhere' : noModes },
    async (t) => {
      const stateDir = await newState(t);
      mkdirSync(stateDir, { recursive: true });
      chmodSync(stateDir, 0o500);
      await assert.rejects(openStore({ stateDir, clock }), { code: 'STORE_UNWRITABLE', exit: 6, fix: /OMK_STATE_DIR/ });
    },
  );

  it('refuses a file in the place of the directory, and a directory in the place of the database', async (t) => {
    const stateDir = await newState(t);
    mkdirSync(join(stateDir, '..'), { recursive: true });
    writeFileSync(stateDir, '');
    await assert.rejects(openStore({ stateDir, clock }), { code: 'STORE_UNWRITABLE' });
    await assert.rejects(openStore({ stateDir: join(stateDir, 'below'), clock }), { code: 'STORE_UNWRITABLE' });
    const other = await newState(t);
    mkdirSync(join(other, 'goals.db'), { recursive: true });
    chmodSync(other, 0o700);
    await assert.rejects(openStore({ stateDir: other, clock }), { code: 'STORE_UNWRITABLE' });
  });

  it('for reading makes nothing where nothing is', async (t) => {
    const stateDir = await newState(t);
    assert.equal(await openStoreIfExists({ stateDir, clock }), null);
    assert.equal(existsSync(join(stateDir, '..')), false);
    await (await openStore({ stateDir, clock })).close();
    const store = await openStoreIfExists({ stateDir, clock });
    assert.deepEqual(await store?.list(), []);
    await store?.close();
  });

  it('refuses a database of a newer omk, and leaves it as it is', async (t) => {
    const stateDir = await newState(t);
    await (await openStore({ stateDir, clock })).close();
    const database = new DatabaseSync(join(stateDir, 'goals.db'));
    database.exec('PRAGMA user_version = 99');
    database.close();
    const before = readFileSync(join(stateDir, 'goals.db'));
    const expected = {
      code: 'STORE_NEWER',
      exit: 6,
      message: 'The state directory was written by a newer omk.',
      fix: 'update omk',
    };
    await assert.rejects(openStore({ stateDir, clock }), expected);
    await assert.rejects(openStoreIfExists({ stateDir, clock }), expected);
    assert.ok(before.equals(readFileSync(join(stateDir, 'goals.db'))));
  });

  it('names a database file that is not one', async (t) => {
    const stateDir = await newState(t);
    await (await openStore({ stateDir, clock })).close();
    writeFileSync(join(stateDir, 'goals.db'), 'garbage '.repeat(1000));
    await assert.rejects(openStore({ stateDir, clock }), { code: 'STORE_CORRUPT', exit: 6 });
  });

  it('finishes a set-up that died before its first table', async (t) => {
    const stateDir = await newState(t);
    mkdirSync(stateDir, { recursive: true, mode: 0o700 });
    writeFileSync(join(stateDir, 'goals.db'), '', { mode: 0o600 });
    const store = await openStore({ stateDir, clock });
    assert.equal((await store.append('g-1', 0, [event('a')], summary('g-1'))).kind, 'appended');
    await store.close();
  });

  it('is durable by its settings: WAL, and a sync at each commit', async (t) => {
    const stateDir = await newState(t);
    await (await openStore({ stateDir, clock })).close();
    const connection = new Connection(join(stateDir, 'goals.db'), 'write');
    migrate(connection);
    const setting = (name: string): unknown => Object.values(connection.prepare(`PRAGMA ${name}`).get() ?? {})[0];
    assert.deepEqual(['journal_mode', 'synchronous'].map(setting), ['wal', 2]);
    connection.close();
  });
});
