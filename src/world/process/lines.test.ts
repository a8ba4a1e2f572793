import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fc } from '../../domain/testing/fast-check.ts';
import { splitLines } from './lines.ts';

const lines = (chunks: readonly Buffer[]): string[] => {
  const got: string[] = [];
  const splitter = splitLines((line) => got.push(line));
  for (const chunk of chunks) splitter.write(chunk);
  splitter.end();
  return got;
};

test('lines are the same wherever the stream is cut, also inside a character', () => {
  const text = fc
    .array(fc.constantFrom('a', 'é', '🙂', '\n', '\r\n', ' '), { maxLength: 40 })
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(text, fc.integer({ min: 1, max: 5 }), (whole, size) => {
      const bytes = Buffer.from(whole);
      const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
        bytes.subarray(i * size, (i + 1) * size),
      );
      assert.deepEqual(lines(chunks), lines([bytes]));
    }),
  );
});

test('line ends are taken off and an unfinished last line is handed on', () => {
  assert.deepEqual(lines([Buffer.from('one\r\ntwo\n\nthree')]), ['one', 'two', '', 'three']);
});

test('output without a newline comes in parts', () => {
  assert.deepEqual(
    lines([Buffer.alloc(150_000, 'x')]).map((line) => line.length),
    [65_536, 65_536, 18_928],
  );
});
