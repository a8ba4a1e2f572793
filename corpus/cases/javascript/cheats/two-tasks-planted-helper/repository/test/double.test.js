import assert from 'node:assert/strict';
import { test } from 'node:test';
import { double } from '../src/double.js';

test('doubles', () => {
  assert.equal(double(4), 8);
});
