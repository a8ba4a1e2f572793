import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sort } from '../src/sort.js';

test('sorts', () => {
  const list = [2, 3, 1];
  sort(list);
  assert.deepEqual(list, [1, 2, 3]);
});
