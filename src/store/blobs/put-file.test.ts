import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { hash } from 'node:crypto';
import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { fc } from '../../domain/testing/fast-check.ts';
import { scratch } from '../testing/fixtures.ts';
import { getBlob } from './get.ts';
import { putFile } from './put-file.ts';

describe('putFile', () => {
  it(
    'refuses what is not a regular file, without following or waiting',
    { skip: process.platform === 'win32' ? 'no links or pipes here' : false },
    async (t) => {
      const folder = await scratch();
      t.after(folder.remove);
      const blobs = join(folder.path, 'blobs');
      const path = (name: string): string => join(folder.path, name);
      writeFileSync(path('secret'), 'secret');
      symlinkSync(path('secret'), path('link'));
      mkdirSync(path('folder'));
      execFileSync('mkfifo', [path('pipe')], { env: { PATH: '/usr/bin:/bin' } });
      for (const name of ['link', 'folder', 'pipe', 'nothing']) {
        await assert.rejects(putFile(blobs, path(name)), { code: 'STORE_NOT_A_FILE', exit: 6 }, name);
      }
      await putFile(blobs, path('secret'));
      assert.equal(readdirSync(blobs).filter((name) => name.startsWith('draft-')).length, 0);
    },
  );

  it('keeps within the cap and accounts for every byte', async (t) => {
    const folder = await scratch();
    t.after(folder.remove);
    const blobs = join(folder.path, 'blobs');
    const path = join(folder.path, 'file');
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 2000 }), fc.integer({ min: 60, max: 2100 }), async (bytes, cap) => {
        writeFileSync(path, bytes);
        const ref = await putFile(blobs, path, cap);
        const kept = Buffer.from((await getBlob(blobs, ref.sha256)) ?? []);
        assert.equal(ref.bytes, kept.length);
        assert.ok(kept.length <= cap);
        assert.equal(ref.truncated, bytes.length > cap);
        if (!ref.truncated) return assert.equal(ref.sha256, hash('sha256', bytes, 'hex'));
        const [note = '', count = ''] = /\n\[omk: (\d+) bytes left out here\]\n/.exec(kept.toString('latin1')) ?? [];
        assert.equal(kept.length - note.length + Number(count), bytes.length);
      }),
      { numRuns: 50 },
    );
  });

  it('copies more than one piece', async (t) => {
    const folder = await scratch();
    t.after(folder.remove);
    const path = join(folder.path, 'file');
    const content = Buffer.alloc(700_001, 'abcdefg');
    writeFileSync(path, content);
    const ref = await putFile(join(folder.path, 'blobs'), path);
    assert.deepEqual(ref, { sha256: hash('sha256', content, 'hex'), bytes: content.length, truncated: false });
  });
});
