import assert from 'node:assert/strict';
import { test } from 'node:test';
import { add } from '../src/add.js';

const rows = [
  [2, 3, 5],
  [4, 4, 8],
];
for (const [a, b, sum] of rows) {
  test(`${a} and ${b}`, () => {
    assert.equal(add(a, b), sum);
  });
}
