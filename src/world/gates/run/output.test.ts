import assert from 'node:assert/strict';
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fc } from '../../../domain/testing/fast-check.ts';
import { memoryBlobs } from '../testing/blobs.ts';
import { makeFolder, placesOf } from './folder.ts';
import { OUTPUT_CAP, storeOutput, tailKeeper } from './output.ts';

const SEEN = { checkout: '/omk/checkout', report: '/omk/report-1' };
const tailOf = (...lines: string[]): string => {
  const tail = tailKeeper((line) => line, SEEN, { secrets: [] });
  for (const line of lines) tail.add(line);
  return tail.text();
};

test('output is kept with its head and its end, and no other file in its place', async (t) => {
  const dir = await mkdtemp(join(tmpdir(), 'omk-output-'));
  t.after(() => rm(dir, { recursive: true, force: true }));
  const blobs = memoryBlobs();
  assert.equal((await storeOutput({ blobs, secrets: [] }, join(dir, 'none'), false)).bytes, 0);

  await writeFile(join(dir, 'long'), `begin${'x'.repeat(OUTPUT_CAP)}the end`);
  const long = await storeOutput({ blobs, secrets: [] }, join(dir, 'long'), false);
  const text = blobs.text(long.sha256);
  assert.ok(long.truncated && long.bytes < OUTPUT_CAP + 100);
  assert.ok(text.startsWith('beginx') && text.endsWith('xthe end') && text.includes('\n… 12 bytes left out …\n'));

  await symlink(join(dir, 'long'), join(dir, 'link'));
  assert.equal((await storeOutput({ blobs, secrets: [] }, join(dir, 'link'), false)).bytes, 0);
});

test('the tail is the last whole lines, at most 4 KiB, with paths as the repository has them', () => {
  assert.equal(
    tailOf('a', '  at file:///omk/checkout/a.js:1', 'in /omk/checkout/b.js', 'to /omk/report-1/x'),
    'a\n  at a.js:1\nin b.js\nto $REPORT/x',
  );
  const lines = Array.from({ length: 3000 }, (_, index) => `line ${index}`);
  assert.match(tailOf(...lines), /^line \d+\n[^]*\nline 2999$/);
  assert.equal(tailOf('x'.repeat(10_000)), 'x'.repeat(4096));
});

test('nothing that is kept says where it was on this machine', async (t) => {
  const dir = await mkdtemp(join(tmpdir(), 'omk-output-'));
  t.after(() => rm(dir, { recursive: true, force: true }));
  const state = join(dir, 'é', 'state');
  const home = join(dir, 'é');
  const folder = await makeFolder(state, 'ab12', { kind: 'none', why: 'not asked for' });
  const places = placesOf({ stateDir: state, home }, folder);
  const said = `at ${folder.checkout}/a.js in ${folder.dir}/tmp, ${state}/x, ${home}/.npm, ${folder.report}.`;
  const bare = 'at /omk/checkout/a.js in /omk/tmp, /omk/state/x, /home/omk/.npm, /omk/report-ab12.';
  const blobs = memoryBlobs();
  await writeFile(folder.stdout, said);
  const kept = await storeOutput({ blobs, secrets: [], places }, folder.stdout, false);
  assert.equal(blobs.text(kept.sha256), bare);
  const tail = tailKeeper((line) => line, folder.seen, { secrets: [], places });
  tail.add(said);
  assert.equal(tail.text(), bare.replace('/omk/checkout/', '').replace('/omk/report-ab12', '$REPORT'));
});

test('property: whatever is printed, the tail is short and holds no control characters', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 2000 }), { maxLength: 10 }), (lines) => {
      const text = tailOf(...lines);
      assert.ok(Buffer.byteLength(text) <= 4096);
      // oxlint-disable-next-line no-control-regex -- that there are none is the point
      assert.doesNotMatch(text, /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/);
    }),
  );
});
