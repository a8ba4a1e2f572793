import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { gateSpec } from '../../../domain/testing/build.ts';
import type { RunGateRequest } from '../port.ts';
import type { RunFolder } from './folder.ts';
import { goCache } from './go-cache.ts';

async function bench(t: TestContext) {
  const stateDir = mkdtempSync(join(tmpdir(), 'omk-go-cache-'));
  t.after(() => rmSync(stateDir, { recursive: true }));
  const sandbox = { kind: 'bubblewrap', version: '1', network: false } as const;
  const ask = (purpose: 'baseline' | 'candidate') =>
    goCache(
      { gate: gateSpec({ argv: ['go', 'test'] }), purpose, vault: { dir: '/v' } } as RunGateRequest,
      stateDir,
      { dir: stateDir } as RunFolder,
      sandbox,
    );
  // Each of these asks the disk as often as one that need not wait.
  const pause = async (): Promise<void> => {
    for (let index = 0; index < 20; index++) (await ask('candidate')).release();
  };
  return { ask, pause };
}

test('the second run of a base waits for the one that fills an empty cache, and nobody for a full one', async (t) => {
  const { ask, pause } = await bench(t);
  const first = await ask('baseline');
  let waiting = true;
  const second = ask('baseline').then((cache) => {
    waiting = false;
    return cache;
  });
  await pause();
  assert.ok(waiting);
  writeFileSync(join(first.binds[0]?.from ?? '', 'compiled'), '');
  first.release();
  (await second).release();
  const [third, fourth] = [await ask('baseline'), await ask('baseline')];
  for (const each of [third, fourth]) each.release();
});

test('a cache that is gone keeps nobody waiting', async (t) => {
  const { ask, pause } = await bench(t);
  const first = await ask('baseline');
  const others = Promise.allSettled([ask('baseline'), ask('baseline')]);
  await pause();
  rmSync(first.binds[0]?.from ?? '', { recursive: true });
  first.release();
  assert.deepEqual(
    (await others).map(({ status }) => status),
    ['rejected', 'rejected'],
  );
});
