import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, it } from 'node:test';
import type { TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { openStore } from './open.ts';
import type { Store } from './port.ts';
import { scratch, until } from './testing/fixtures.ts';

const WORKER = fileURLToPath(new URL('testing/worker.ts', import.meta.url));

interface Worker {
  readonly lines: () => readonly string[];
  kill(): void;
  /** The exit code, null after a signal; with what it wrote to stderr. */
  readonly ended: Promise<{ readonly code: number | null; readonly stderr: string }>;
}

function start(t: TestContext, ...args: readonly string[]): Worker {
  const child = spawn(process.execPath, [WORKER, ...args], { env: {}, stdio: 'pipe' });
  t.after(() => child.kill('SIGKILL'));
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  return {
    lines: () => stdout.split('\n').slice(0, -1),
    kill: () => void child.kill('SIGKILL'),
    ended: once(child, 'close').then(([code]) => ({ code: typeof code === 'number' ? code : null, stderr })),
  };
}

async function setting(t: TestContext): Promise<{ readonly stateDir: string; open(): Promise<Store> }> {
  const folder = await scratch();
  t.after(folder.remove);
  const stateDir = join(folder.path, 'state');
  return { stateDir, open: () => openStore({ stateDir, clock: { now: () => Date.now() } }) };
}

const acknowledged = (worker: Worker, goal: string): readonly string[] =>
  worker.lines().flatMap((line) => {
    const [word, of, text = ''] = line.split(' ');
    return word === 'ack' && of === goal ? [text] : [];
  });

const texts = async (store: Store, goal: string): Promise<readonly string[]> =>
  (await store.read(goal)).map(({ event }) => (event.type === 'goal.paused' ? event.data.why : event.type));

describe('several processes at once', () => {
  it('append to one goal and to their own without error or loss', async (t) => {
    const { stateDir, open } = await setting(t);
    // No store yet: the four also race to make it.
    const workers = ['a', 'b', 'c', 'd'].map((id) => start(t, 'append', stateDir, id, '40', 'g-shared', `g-${id}`));
    for (const worker of workers) assert.deepEqual(await worker.ended, { code: 0, stderr: '' });
    const store = await open();
    const shared = await texts(store, 'g-shared');
    assert.equal(shared.length, 160);
    assert.deepEqual([...shared].sort(), workers.flatMap((worker) => acknowledged(worker, 'g-shared')).sort());
    for (const id of ['a', 'b', 'c', 'd']) {
      assert.deepEqual(
        await texts(store, `g-${id}`),
        Array.from({ length: 40 }, (_, n) => `${id}-${n}`),
      );
    }
    await store.close();
  });

  it('killed in the middle of appends, lose nothing that was acknowledged', async (t) => {
    const { stateDir, open } = await setting(t);
    const killed: Worker[] = [];
    for (const [round, acks] of [1, 7, 2, 20, 11, 4].entries()) {
      const pair = ['x', 'y'].map((id) => start(t, 'append', stateDir, `${round}${id}`, '1000000', 'g-1', 'g-2'));
      await until(`${acks} acknowledgements`, () => pair.every((worker) => acknowledged(worker, 'g-1').length >= acks));
      for (const worker of pair) worker.kill();
      for (const worker of pair) assert.deepEqual(await worker.ended, { code: null, stderr: '' });
      killed.push(...pair);
      const store = await open();
      for (const goal of ['g-1', 'g-2']) {
        const stored = new Set(await texts(store, goal));
        for (const worker of killed) {
          for (const text of acknowledged(worker, goal)) assert.ok(stored.has(text), `${goal} lost ${text}`);
        }
      }
      await store.close();
    }
    const database = new DatabaseSync(join(stateDir, 'goals.db'));
    assert.deepEqual({ ...database.prepare('PRAGMA integrity_check').get() }, { integrity_check: 'ok' });
    database.close();
  });

  it(
    'hold a lease until they die, and not a moment longer',
    { skip: existsSync('/proc/self/stat') ? false : 'needs /proc' },
    async (t) => {
      const { stateDir, open } = await setting(t);
      const holder = start(t, 'lease', stateDir, 'a', '0', 'g-1');
      await until('the lease', () => holder.lines().includes('held'));
      const store = await open();
      assert.equal((await store.lease('g-1')).kind, 'taken');
      const other = start(t, 'lease', stateDir, 'b', '0', 'g-1');
      await until('the refusal', () => other.lines().includes('taken'));
      holder.kill();
      await holder.ended;
      assert.equal((await store.lease('g-1')).kind, 'held');
      await store.close();
    },
  );
});
