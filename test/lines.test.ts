import assert from 'node:assert/strict';
import { test } from 'node:test';
import { longLines } from '../scripts/rooms/lines.ts';

test('a line of more than 140 characters is named with its file and number', () => {
  assert.deepEqual(longLines('a.ts', `${'x'.repeat(140)}\nshort\n${'é'.repeat(141)}`), [
    'a.ts:3: 141 characters, more than 140',
  ]);
});

test('a digest or an address is not broken', () => {
  const digest = `  checksum: ${'0123456789abcdef'.repeat(8)}`;
  assert.deepEqual(
    longLines('a.ts', `${digest}${' '.repeat(9)}\n${' '.repeat(80)}https://example.org/${'a'.repeat(60)}`),
    [],
  );
});
