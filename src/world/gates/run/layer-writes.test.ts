import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { layerWrites } from './layer-writes.ts';

test('T14 what a run wrote to installed packages is told, and what tools keep among them is not', async (t) => {
  const top = mkdtempSync(join(tmpdir(), 'omk-writes-'));
  t.after(() => rmSync(top, { recursive: true, force: true }));
  const put = (path: string): void => {
    mkdirSync(dirname(join(top, path)), { recursive: true });
    writeFileSync(join(top, path), 'x');
  };
  for (const path of ['chai/chai.js', 'chai/README.md', '.bin/mocha']) put(`layer/${path}`);
  for (const path of ['chai/chai.js', 'chai/README.md', 'chai.js', 'chai/log.txt', '.cache/a.js', '.vite/b.js'])
    put(`up/${path}`);
  mkdirSync(join(top, 'up/.bin'));
  symlinkSync('/bin/true', join(top, 'up/.bin/mocha'));
  const over = { dir: join(top, 'layer'), mount: 'node_modules', up: join(top, 'up') };
  assert.deepEqual(await layerWrites([over, { ...over, up: join(top, 'nothing') }]), [
    'node_modules/.bin/mocha',
    'node_modules/chai.js',
    'node_modules/chai/README.md',
    'node_modules/chai/chai.js',
  ]);
});
