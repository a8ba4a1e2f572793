import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { it } from 'node:test';
import { hash } from 'node:crypto';
import type { StoreHarness } from './harness.ts';
import { scratch } from '../testing/fixtures.ts';

const bytes = (text: string): Uint8Array => Buffer.from(text);

export function blobCases(harness: () => StoreHarness): void {
  it('keeps blobs by their hash, once', async () => {
    const { store, reopen } = harness();
    const sha256 = hash('sha256', 'content', 'hex');
    assert.equal(await store.getBlob(sha256), null);
    assert.deepEqual(await store.putBlob(bytes('content')), { sha256, bytes: 7, truncated: false });
    assert.deepEqual(await store.putBlob(bytes('content'), true), { sha256, bytes: 7, truncated: true });
    const found = await (await reopen()).getBlob(sha256);
    assert.deepEqual(found && Buffer.from(found).toString(), 'content');
    await assert.rejects(store.getBlob('../../etc/passwd'), TypeError);
  });

  it('tells a blob whose content does not match its name, and mends it when it is stored again', async () => {
    const { store, tamper } = harness();
    const { sha256 } = await store.putBlob(bytes('content'));
    tamper.blob(sha256, bytes('CONTENT'));
    await assert.rejects(store.getBlob(sha256), { code: 'STORE_CORRUPT', exit: 6 });
    await store.putBlob(bytes('content'));
    assert.ok(await store.getBlob(sha256));
  });

  it('stores the same bytes from many callers at once', async () => {
    const { store } = harness();
    const content = bytes('x'.repeat(100_000));
    const refs = await Promise.all(Array.from({ length: 8 }, () => store.putBlob(content)));
    assert.equal(new Set(refs.map((ref) => ref.sha256)).size, 1);
    assert.equal((await store.getBlob(refs[0]?.sha256 ?? ''))?.length, 100_000);
  });

  it('stores a file whole up to the cap, and over it says what was left out', async (t) => {
    const { store } = harness();
    const folder = await scratch();
    t.after(folder.remove);
    const path = join(folder.path, 'output');
    const text = Array.from({ length: 1000 }, (_, n) => `line ${n}\n`).join('');
    await writeFile(path, text);
    const whole = await store.putFile(path, text.length);
    assert.deepEqual(whole, { sha256: hash('sha256', text, 'hex'), bytes: text.length, truncated: false });
    const cut = await store.putFile(path, 200);
    const kept = Buffer.from((await store.getBlob(cut.sha256)) ?? []).toString();
    assert.equal(cut.truncated, true);
    assert.equal(cut.bytes, kept.length);
    assert.ok(kept.length <= 200, `${kept.length} bytes`);
    const [, head = '', count = '', tail = ''] =
      /^([^]*)\n\[omk: (\d+) bytes left out here\]\n([^]*)$/.exec(kept) ?? [];
    assert.ok(text.startsWith(head) && text.endsWith(tail) && head.length > 0 && tail.length > 0);
    assert.equal(head.length + Number(count) + tail.length, text.length);
  });
}
