import assert from 'node:assert/strict';
import { test } from 'node:test';
import { add } from '../src/add.js';

test('adds nothing', () => {
  assert.equal(add(4, 0), 4);
});
