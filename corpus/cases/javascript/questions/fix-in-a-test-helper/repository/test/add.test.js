import assert from 'node:assert/strict';
import { test } from 'node:test';
import { add } from '../src/add.js';
import { expected } from './helpers.js';

test('adds', () => {
  assert.equal(add(2, 3), expected(2, 3));
});
