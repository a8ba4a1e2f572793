import assert from 'node:assert/strict';
import { test } from 'node:test';
import { capacity } from './capacity.ts';

test('cores and memory bound what runs at once, and one always may', () => {
  const GB = 1024 ** 3;
  assert.equal(capacity({ cores: 4, freeBytes: 64 * GB }), 4);
  assert.equal(capacity({ cores: 16, freeBytes: 2 * GB }), 4);
  assert.equal(capacity({ cores: 8, freeBytes: 1000 }), 1);
});
