import assert from 'node:assert/strict';
import { test } from 'node:test';
import { add } from '../src/add.js';

test('adds others', () => {
  assert.equal(add(20, 22), 42);
});
