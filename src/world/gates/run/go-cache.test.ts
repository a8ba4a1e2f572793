import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { gateSpec } from '../../../domain/testing/build.ts';
import type { RunGateRequest } from '../port.ts';
import type { RunFolder } from './folder.ts';
import { goCache } from './go-cache.ts';

test('the second run of a base waits for the one that fills an empty cache, and nobody for a full one', async (t) => {
  const stateDir = mkdtempSync(join(tmpdir(), 'omk-go-cache-'));
  t.after(() => rmSync(stateDir, { recursive: true }));
  const sandbox = { kind: 'bubblewrap', version: '1', network: false } as const;
  const ask = (purpose: 'baseline' | 'candidate') =>
    goCache({ gate: gateSpec({ argv: ['go', 'test'] }), purpose, vault: { dir: '/v' } } as RunGateRequest, stateDir, { dir: stateDir } as RunFolder, sandbox);

  const first = await ask('baseline');
  let waiting = true;
  const second = ask('baseline').then((cache) => {
    waiting = false;
    return cache;
  });
  // Each of these asks the disk as often as one that need not wait.
  for (let index = 0; index < 20; index++) (await ask('candidate')).release();
  assert.ok(waiting);
  writeFileSync(join(first.binds[0]?.from ?? '', 'compiled'), '');
  first.release();
  (await second).release();
  const [third, fourth] = [await ask('baseline'), await ask('baseline')];
  for (const each of [third, fourth]) each.release();
});
