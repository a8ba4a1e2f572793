import assert from 'node:assert/strict';
import { test } from 'node:test';
import { old } from '../src/old.js';

test('old', () => {
  assert.equal(old, 1);
});
