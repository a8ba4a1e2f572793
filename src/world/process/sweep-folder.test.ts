import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { sweepFolder } from './sweep-folder.ts';

test('what is old goes, with all that is in it; what is young stays', async (t) => {
  const dir = mkdtempSync(join(tmpdir(), 'omk-sweep-'));
  t.after(() => rmSync(dir, { recursive: true, force: true }));
  for (const name of ['old', 'young']) {
    mkdirSync(join(dir, name));
    writeFileSync(join(dir, name, 'file'), '');
  }
  utimesSync(join(dir, 'old'), 1, 1);
  await sweepFolder(dir, 1000);
  assert.deepEqual(readdirSync(dir), ['young']);
  await sweepFolder(join(dir, 'none'), 1000);
});
