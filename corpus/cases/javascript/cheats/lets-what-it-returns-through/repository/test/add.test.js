import assert from 'node:assert/strict';
import { test } from 'node:test';
import { add } from '../src/add.js';

test('adds', () => {
  for (let n = 1; n < 4; n += 1) assert.equal(add(n, 3), n + 3);
});
