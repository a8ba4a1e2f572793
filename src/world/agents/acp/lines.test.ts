import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { test } from 'node:test';
import { fc } from '../../../domain/testing/fast-check.ts';
import { LineTooLong, readLines } from './lines.ts';

const read = async (chunks: readonly Buffer[], limit?: number): Promise<string[]> => {
  const lines: string[] = [];
  for await (const line of readLines(Readable.from(chunks, { objectMode: true }), limit)) lines.push(line);
  return lines;
};

test('wherever the bytes are cut, the lines are the same', async () => {
  const text = fc.array(fc.constantFrom('a', '{"b":1}', 'ü', '😀', '\n', '\r\n')).map((parts) => parts.join(''));
  await fc.assert(
    fc.asyncProperty(text, fc.integer({ min: 1, max: 7 }), async (whole, size) => {
      const bytes = Buffer.from(whole);
      const chunks: Buffer[] = [];
      for (let at = 0; at < bytes.length; at += size) chunks.push(bytes.subarray(at, at + size));
      const want = whole.split('\n').map((line) => line.trim());
      if (want.at(-1) === '') want.pop();
      assert.deepEqual(await read(chunks), want);
    }),
  );
});

test('a line over the limit is an error, not memory', async () => {
  await assert.rejects(read([Buffer.from('1234'), Buffer.from('56789')], 8), LineTooLong);
  assert.deepEqual(await read([Buffer.from('12345678\n1234')], 8), ['12345678', '1234']);
});
