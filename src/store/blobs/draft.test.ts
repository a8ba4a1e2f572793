import assert from 'node:assert/strict';
import { hash } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { scratch } from '../testing/fixtures.ts';
import { writeBlob } from './draft.ts';
import { blobPath } from './path.ts';

describe('writing a blob', () => {
  it('leaves nothing when the source fails half-way', async (t) => {
    const { path, remove } = await scratch();
    t.after(remove);
    const failing = writeBlob(path, async (write) => {
      await write(Buffer.from('half'));
      throw new Error('source');
    });
    await assert.rejects(failing, { message: 'source' });
    assert.deepEqual(readdirSync(path), []);
  });

  it('gives it its name only when it is whole', async (t) => {
    const { path: blobs, remove } = await scratch();
    t.after(remove);
    const sha256 = hash('sha256', 'whole', 'hex');
    const seen: boolean[] = [];
    const written = await writeBlob(blobs, async (write) => {
      await write(Buffer.from('wh'));
      await write(Buffer.from('ole'));
      seen.push(existsSync(blobPath(blobs, sha256).path));
    });
    assert.equal(written.sha256, sha256);
    seen.push(existsSync(blobPath(blobs, sha256).path));
    assert.deepEqual(seen, [false, true]);
    assert.equal(written.bytes, 5);
    assert.deepEqual(readdirSync(join(blobs, written.sha256.slice(0, 2))), [written.sha256.slice(2)]);
  });
});
