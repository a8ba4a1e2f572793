import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { TestContext } from 'node:test';
import { openStore } from '../open.ts';
import { manualClock, scratch, summary } from '../testing/fixtures.ts';
import { logOf, sampleBlob, sampleEvents } from '../testing/sample-goal.ts';
import { projectGoal } from './project.ts';
import { writeGoalFolder } from './write.ts';

async function folderFor(t: TestContext): Promise<string> {
  const { path, remove } = await scratch();
  t.after(remove);
  return join(path, 'goals', 'g-1');
}

const contents = (dir: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(dir, { recursive: true, encoding: 'utf8' })
      .sort()
      .filter((name) => statSync(join(dir, name)).isFile())
      .map((name) => [name, readFileSync(join(dir, name), 'latin1')]),
  );

describe("a goal's folder", () => {
  it('is rebuilt byte for byte from the log, however it grew', async (t) => {
    const { path, remove } = await scratch();
    t.after(remove);
    const dir = join(path, 'folder');
    const store = await openStore({ stateDir: join(path, 'state'), clock: manualClock() });
    const project = async (): Promise<ReadonlyMap<string, Uint8Array>> =>
      projectGoal(await store.read('g-1'), sampleBlob);
    for (const [version, event] of sampleEvents.entries()) {
      await store.append('g-1', version, [event], summary('g-1'));
      await writeGoalFolder(dir, await project());
    }
    const grown = contents(dir);
    rmSync(dir, { recursive: true });
    await writeGoalFolder(dir, await project());
    assert.deepEqual(contents(dir), grown);
    assert.ok(Object.keys(grown).length > 15);
    await store.close();
  });

  it('loses its failure when the goal goes on, and nothing that others put there', async (t) => {
    const dir = await folderFor(t);
    const ended = sampleEvents.findIndex((event) => event.type === 'goal.ended') + 1;
    await writeGoalFolder(dir, await projectGoal(logOf(sampleEvents.slice(0, ended)), sampleBlob));
    writeFileSync(join(dir, 'proof.json'), 'proof');
    assert.ok('failure.json' in contents(dir));
    await writeGoalFolder(dir, await projectGoal(logOf(sampleEvents.slice(0, ended + 1)), sampleBlob));
    assert.equal('failure.json' in contents(dir), false);
    assert.equal(contents(dir)['proof.json'], 'proof');
  });

  it('holds nothing of an earlier proof beside a new one', async (t) => {
    const dir = await folderFor(t);
    const given = (...names: string[]): Map<string, Uint8Array> =>
      new Map(names.map((name) => [name, Buffer.from(name)]));
    await writeGoalFolder(dir, given('goal.json', 'proof/index.json', 'proof/gates/a.1.json'));
    await writeGoalFolder(dir, given('goal.json'));
    assert.deepEqual(Object.keys(contents(dir)), ['goal.json', 'proof/gates/a.1.json', 'proof/index.json']);
    await writeGoalFolder(dir, given('goal.json', 'proof/index.json', 'proof/gates/a.2.json'));
    assert.deepEqual(Object.keys(contents(dir)), ['goal.json', 'proof/gates/a.2.json', 'proof/index.json']);
  });

  it('keeps what another process is about to put in place, outside of any proof, but not what one left that was ended', async (t) => {
    const dir = await folderFor(t);
    const files = new Map([['proof/a', Buffer.from('a')]]);
    await writeGoalFolder(dir, files);
    const old = new Date(Date.now() - 2 * 60 * 60 * 1000);
    for (const name of ['proof/.c', '.draft.0123456789ab', '.draft.ffffffffffff']) writeFileSync(join(dir, name), '');
    utimesSync(join(dir, '.draft.ffffffffffff'), old, old);
    await writeGoalFolder(dir, files);
    assert.deepEqual(Object.keys(contents(dir)), ['.draft.0123456789ab', 'proof/a']);
  });

  it('is written by two at once without either failing', async (t) => {
    const dir = await folderFor(t);
    const files = (text: string): Map<string, Uint8Array> =>
      new Map(['a', 'b', 'c'].map((name) => [`proof/${name}`, Buffer.from(text)]));
    for (let round = 0; round < 30; round++)
      await Promise.all([writeGoalFolder(dir, files(`one ${round}`)), writeGoalFolder(dir, files(`two ${round}`))]);
    assert.deepEqual(Object.keys(contents(dir)), ['proof/a', 'proof/b', 'proof/c']);
  });

  it('is written only where it differs, and is private', async (t) => {
    const dir = await folderFor(t);
    const old = new Date(1_000_000_000_000);
    await writeGoalFolder(
      dir,
      new Map([
        ['same', Buffer.from('a')],
        ['deep/er/other', Buffer.from('b')],
      ]),
    );
    for (const name of ['same', 'deep/er/other']) utimesSync(join(dir, name), old, old);
    await writeGoalFolder(
      dir,
      new Map([
        ['same', Buffer.from('a')],
        ['deep/er/other', Buffer.from('B')],
      ]),
    );
    assert.equal(statSync(join(dir, 'same')).mtimeMs, old.getTime());
    assert.deepEqual(contents(dir), { 'deep/er/other': 'B', same: 'a' });
    if (process.platform !== 'win32') {
      assert.deepEqual(
        [dir, join(dir, 'deep'), join(dir, 'same')].map((path) => statSync(path).mode & 0o777),
        [0o700, 0o700, 0o600],
      );
    }
  });

  it('takes no name that leads out of it, and then writes nothing', async (t) => {
    const dir = await folderFor(t);
    for (const name of ['../x', '/x', 'a/../../x', '', 'a//b', './a', 'a\\b', 'c:x', 'a\0']) {
      await assert.rejects(
        writeGoalFolder(
          dir,
          new Map([
            ['good', Buffer.from('')],
            [name, Buffer.from('')],
          ]),
        ),
        TypeError,
        name,
      );
    }
    assert.throws(() => readdirSync(dir), { code: 'ENOENT' });
  });

  it('names what is in the way, and leaves no draft', async (t) => {
    const dir = await folderFor(t);
    mkdirSync(join(dir, 'goal.json', 'in the way'), { recursive: true });
    await assert.rejects(writeGoalFolder(dir, new Map([['goal.json', Buffer.from('{}')]])), {
      code: /^STORE_/,
      exit: 6,
    });
    assert.deepEqual(readdirSync(dir), ['goal.json']);
  });
});
