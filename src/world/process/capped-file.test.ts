import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fc } from '../../domain/testing/fast-check.ts';
import { CappedFile } from './capped-file.ts';

const dir = mkdtempSync(join(tmpdir(), 'omk-capped-'));
after(() => rmSync(dir, { recursive: true, force: true }));

test('whatever the chunks, the file holds the head, the tail and the number of bytes between', () => {
  const path = join(dir, 'any');
  fc.assert(
    fc.property(
      fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 30 }),
      fc.integer({ min: 0, max: 200 }),
      (chunks, cap) => {
        const file = new CappedFile(path, cap);
        for (const chunk of chunks) file.write(Buffer.from(chunk));
        const { truncated } = file.close();
        const all = Buffer.concat(chunks);
        const got = readFileSync(path);
        assert.equal(truncated, all.length > cap);
        if (!truncated) return assert.deepEqual(got, all);
        const head = all.subarray(0, Math.ceil(cap / 2));
        const tail = all.subarray(all.length - Math.floor(cap / 2));
        const line = Buffer.from(`\n[... ${all.length - cap} bytes left out ...]\n`);
        return assert.deepEqual(got, Buffer.concat([head, line, tail]));
      },
    ),
  );
});

test('a chunk that the caller overwrites later is kept as it was', () => {
  const path = join(dir, 'pooled');
  const file = new CappedFile(path, 8);
  const chunk = Buffer.from('headTAIL');
  file.write(chunk);
  chunk.fill('x');
  file.close();
  assert.equal(readFileSync(path, 'utf8'), 'headTAIL');
});

test('output byte by byte does not grow without end', () => {
  const path = join(dir, 'bytes');
  const file = new CappedFile(path, 4000);
  for (let i = 0; i < 20_000; i += 1) file.write(Buffer.from([97 + (i % 26)]));
  assert.equal(file.close().truncated, true);
  assert.match(readFileSync(path, 'utf8'), /^[a-z]{2000}\n\[\.\.\. 16000 bytes left out \.\.\.\]\n[a-z]{2000}$/);
});
