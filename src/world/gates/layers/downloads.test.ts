import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { downloadsFor } from './downloads.ts';

const HOUR = 3_600_000;

test('what a package manager keeps is thrown away above the limit, where nobody uses it', async (t) => {
  const state = mkdtempSync(join(tmpdir(), 'omk-downloads-'));
  t.after(() => rmSync(state, { recursive: true, force: true }));
  const fill = async (): Promise<string> => {
    const folder = await downloadsFor(state, 'npm', 'base');
    mkdirSync(join(folder, 'a/b'), { recursive: true });
    writeFileSync(join(folder, 'a/b/package.tgz'), 'x'.repeat(64 * 1024));
    return join(await downloadsFor(state, 'npm', 'base'), 'a/b/package.tgz');
  };
  const kept = async (limit: number, later: number): Promise<boolean> => {
    const file = await fill();
    await downloadsFor(state, 'npm', 'base', { limit, now: Date.now() + later });
    return existsSync(file);
  };
  assert.equal(await kept(1024 * 1024, HOUR), true, 'below the limit');
  assert.equal(await kept(1024, 60_000), true, 'an install may be running');
  assert.equal(await kept(1024, HOUR), false, 'above the limit');
});
