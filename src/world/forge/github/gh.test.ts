import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readResponse } from './gh.ts';

const read = (text: string): Response | null => readResponse(Buffer.from(text));

test('what gh prints with --include is a response', async () => {
  const found = read(
    'HTTP/2.0 201 Created\nContent-Type: application/json\r\nLink: <x?page=2>; rel="next"\r\n\r\n{"a":"é"}',
  );
  assert.equal(found?.status, 201);
  assert.equal(found.headers.get('link'), '<x?page=2>; rel="next"');
  assert.deepEqual(await found.json(), { a: 'é' });
});

test('an answer without a body, and one that is none', () => {
  assert.equal(read('HTTP/1.1 204 No Content\nX: y\r\n\r\n')?.status, 204);
  assert.equal(read(''), null);
  assert.equal(read('To get started with GitHub CLI, please run: gh auth login'), null);
});
