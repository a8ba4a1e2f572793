import assert from 'node:assert/strict';
import { test } from 'node:test';
import { subtract } from '../src/subtract.js';

test('subtracts', () => {
  assert.equal(subtract(5, 3), 2);
  assert.equal(subtract(3, 10), -7);
});
