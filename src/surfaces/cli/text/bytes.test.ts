import assert from 'node:assert/strict';
import { test } from 'node:test';
import { showBytes } from './bytes.ts';

test('sizes are short', () => {
  assert.deepEqual([0, 999, 1000, 12_345, 1_400_000_000].map(showBytes), ['0 B', '999 B', '1.0 KB', '12 KB', '1.4 GB']);
});
