import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { openStore } from '../open.ts';
import { event, summary } from '../testing/fixtures.ts';
import { Connection } from './connection.ts';
import { patiently } from './patiently.ts';

test('while another process has the database locked, an append waits and the rest of the process goes on', async (t) => {
  const stateDir = mkdtempSync(join(tmpdir(), 'omk-store-'));
  const store = await openStore({ stateDir, clock: { now: () => 0 } });
  const other = new Connection(join(stateDir, 'goals.db'), 'write');
  t.after(async () => {
    other.close();
    await store.close();
    rmSync(stateDir, { recursive: true });
  });
  other.exec('BEGIN IMMEDIATE');
  const order: string[] = [];
  const appending = store.append('g-1', 0, [event('a')], summary('g-1')).then(() => order.push('appended'));
  // Timers of this process run: one of them is what unlocks.
  setTimeout(() => {
    order.push('unlocked');
    other.exec('COMMIT');
  }, 60);
  await appending;
  assert.deepEqual(order, ['unlocked', 'appended']);
});

test('patience ends, and only a locked database is asked again', async (t) => {
  const dir = mkdtempSync(join(tmpdir(), 'omk-store-'));
  const [one, two] = [new Connection(join(dir, 'a.db'), 'write'), new Connection(join(dir, 'a.db'), 'write')];
  t.after(() => {
    one.close();
    two.close();
    rmSync(dir, { recursive: true });
  });
  one.exec('BEGIN IMMEDIATE');
  await assert.rejects(
    patiently(() => two.tx(() => 1), 0),
    { code: 'STORE_BUSY', exit: 6 },
  );
  let asked = 0;
  const wrong = (): never => {
    asked += 1;
    throw new TypeError('x');
  };
  await assert.rejects(patiently(wrong), TypeError);
  assert.equal(asked, 1);
});
