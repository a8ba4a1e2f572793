import assert from 'node:assert/strict';
import { test } from 'node:test';
import { plainIds } from '../scripts/rooms/ids.ts';
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

test('an id that is typed as any text is named, except in tests and where a person writes it', () => {
  const source =
    'interface A {\n  readonly tree: string;\n  readonly sha256?: string;\n  readonly names: string;\n  goal: string[];\n}';
  assert.deepEqual(plainIds('engine/a.ts', source), [
    "engine/a.ts:2: 'tree' is any text: type it as TreeId",
    "engine/a.ts:3: 'sha256' is any text: type it as Sha256",
  ]);
  for (const file of ['engine/a.test.ts', 'engine/testing/a.ts', 'app/judge/request.ts'])
    assert.deepEqual(plainIds(file, source), []);
});
