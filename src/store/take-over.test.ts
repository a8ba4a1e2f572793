import assert from 'node:assert/strict';
import { copyFileSync, existsSync, readdirSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import type { Processes } from './lease/processes.ts';
import { openStore, openStoreIfExists } from './open.ts';
import { change, makeAncestor, TO_UNMARKED } from './testing/former.ts';
import { event, manualClock, scratch, summary } from './testing/fixtures.ts';

const clock = manualClock();
const processes = (state: 'alive' | 'dead'): Processes => ({
  self: () => ({ pid: 4711, scope: 'test', started: null }),
  liveness: () => state,
});

async function newState(t: TestContext): Promise<string> {
  const folder = await scratch();
  t.after(folder.remove);
  return join(folder.path, 'state');
}

/** A state directory as omk left it before it marked its database: with goals g-1 and g-2. */
async function unmarked(t: TestContext): Promise<string> {
  const stateDir = await newState(t);
  const store = await openStore({ stateDir, clock, processes: processes('alive') });
  await store.append('g-1', 0, [event('a'), event('b')], summary('g-1'));
  await store.append('g-2', 0, [event('c')], summary('g-2'));
  await store.lease('g-2');
  await store.close();
  change(join(stateDir, 'goals.db'), TO_UNMARKED);
  renameSync(join(stateDir, 'goals.db'), join(stateDir, 'omk.db'));
  return stateDir;
}

/** Without what SQLite keeps beside a database that is read. */
const databases = (stateDir: string): readonly string[] =>
  readdirSync(stateDir)
    .filter((name) => !/-(?:wal|shm)$/.test(name))
    .sort();

async function goalsIn(stateDir: string): Promise<readonly string[]> {
  const store = await openStoreIfExists({ stateDir, clock, processes: processes('dead') });
  assert.ok(store);
  const goals = await store.list();
  const lines = await Promise.all(goals.map(({ goal }) => store.read(goal)));
  await store.close();
  return goals.map(({ goal }, index) => `${goal} ${lines[index]?.length}`);
}

describe('a database from before omk marked its own', () => {
  it('is taken over once, whole, and put aside', async (t) => {
    const stateDir = await unmarked(t);
    assert.deepEqual(await goalsIn(stateDir), ['g-2 1', 'g-1 2']);
    assert.deepEqual(databases(stateDir), ['goals.db', 'omk.db.old']);
    assert.deepEqual(await goalsIn(stateDir), ['g-2 1', 'g-1 2']);
  });

  it('is taken over with what is still in its write-ahead log', async (t) => {
    const stateDir = await unmarked(t);
    const [file, copy] = [join(stateDir, 'omk.db'), join(stateDir, 'copy')];
    const { DatabaseSync } = await import('node:sqlite');
    const open = new DatabaseSync(file);
    open.exec("UPDATE goal SET title = 'from the log'");
    for (const end of ['', '-wal']) copyFileSync(`${file}${end}`, `${copy}${end}`);
    open.close();
    for (const end of ['', '-wal']) renameSync(`${copy}${end}`, `${file}${end}`);
    const store = await openStore({ stateDir, clock, processes: processes('dead') });
    assert.deepEqual(
      (await store.list()).map(({ title }) => title),
      ['from the log', 'from the log'],
    );
    await store.close();
  });

  it('is left alone while a process works with it', async (t) => {
    const stateDir = await unmarked(t);
    const before = readFileSync(join(stateDir, 'omk.db'));
    await assert.rejects(openStore({ stateDir, clock, processes: processes('alive') }), {
      code: 'STORE_IN_USE',
      exit: 6,
      message: /process 4711 of an earlier omk works on goal g-2/,
    });
    assert.deepEqual(databases(stateDir), ['omk.db']);
    assert.ok(before.equals(readFileSync(join(stateDir, 'omk.db'))));
  });

  it('is copied, and left as it is, when omk 0.5.0 has tables in it too', async (t) => {
    const stateDir = await unmarked(t);
    makeAncestor(join(stateDir, 'omk.db'));
    const before = readFileSync(join(stateDir, 'omk.db'));
    assert.deepEqual(await goalsIn(stateDir), ['g-2 1', 'g-1 2']);
    assert.ok(before.equals(readFileSync(join(stateDir, 'omk.db'))));
  });
});

describe('a database of another program', () => {
  it('is neither read nor written when it is the one of omk 0.5.0', async (t) => {
    const stateDir = await newState(t);
    makeAncestor(join(stateDir, 'omk.db'));
    const before = readFileSync(join(stateDir, 'omk.db'));
    assert.equal(await openStoreIfExists({ stateDir, clock }), null);
    assert.equal(existsSync(join(stateDir, 'goals.db')), false);
    const store = await openStore({ stateDir, clock });
    await store.append('g-1', 0, [event('a')], summary('g-1'));
    await store.close();
    assert.deepEqual(readdirSync(stateDir).sort(), ['goals.db', 'omk.db']);
    assert.ok(before.equals(readFileSync(join(stateDir, 'omk.db'))));
  });

  for (const [what, sql] of [
    ['another id', 'PRAGMA application_id = 7'],
    ['tables of its own', 'CREATE TABLE photo (name TEXT)'],
    ['a version, but no table', 'PRAGMA user_version = 2'],
    [
      "tables with omk's names",
      'CREATE TABLE goal (a); CREATE TABLE event (a); CREATE TABLE lease (a); PRAGMA user_version = 1',
    ],
  ] as const)
    it(`is refused in the place of omk's own, and left as it is: ${what}`, async (t) => {
      const stateDir = await newState(t);
      change(join(stateDir, 'goals.db'), sql);
      const before = readFileSync(join(stateDir, 'goals.db'));
      await assert.rejects(openStore({ stateDir, clock }), { code: 'STORE_FOREIGN', exit: 6, fix: /OMK_STATE_DIR/ });
      assert.ok(before.equals(readFileSync(join(stateDir, 'goals.db'))));
      assert.deepEqual(readdirSync(stateDir), ['goals.db']);
    });
});
