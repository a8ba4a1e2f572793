import assert from 'node:assert/strict';
import { test } from 'node:test';
import { add } from '../src/add.js';
import { features } from '../src/features.js';

test('adds', { skip: !features.add }, () => {
  assert.equal(add(2, 3), 5);
});
