import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { blobFrom } from './bundle-replay.ts';
import { sealOf } from './verify/cassette-seal.ts';
import { sha256Hex } from '../proof/format/bytes.ts';

function bundle(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'omk-bundle-'));
  t.after(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, 'cassette', 'blobs'), { recursive: true });
  writeFileSync(join(folder, 'checkpoint'), 'any');
  return folder;
}

test('a pipe, a folder or a link in the place of a blob of a bundle is no blob, and is not waited for', (t) => {
  const place = join(bundle(t), 'cassette');
  const [whole, link, pipe, dir] = ['whole', 'link', 'pipe', 'dir'].map((text) => sha256Hex(text));
  const at = (name = ''): string => join(place, 'blobs', name);
  writeFileSync(at(whole), 'whole');
  writeFileSync(join(place, 'else'), 'link');
  symlinkSync(join(place, 'else'), at(link));
  execFileSync('mkfifo', [at(pipe)]);
  mkdirSync(at(dir));
  assert.equal(blobFrom(place, whole ?? '')?.toString(), 'whole');
  for (const name of [link, pipe, dir, '../else']) assert.equal(blobFrom(place, name ?? ''), null);
});

test('a folder or a pipe in the place of the statement of a cassette is a broken one', (t) => {
  const folder = bundle(t);
  const file = join(folder, 'cassette', 'cassette.dsse.json');
  assert.equal(sealOf(folder, 'g-1', []).kind, 'not_signed');
  const broken = { kind: 'broken', why: 'cassette.dsse.json is not a plain file, or is too large' };
  execFileSync('mkfifo', [file]);
  assert.deepEqual(sealOf(folder, 'g-1', []), broken);
  rmSync(file);
  mkdirSync(file);
  assert.deepEqual(sealOf(folder, 'g-1', []), broken);
  rmSync(file, { recursive: true });
  symlinkSync('nothing', file);
  assert.deepEqual(sealOf(folder, 'g-1', []), broken, 'a link to nothing');
});
