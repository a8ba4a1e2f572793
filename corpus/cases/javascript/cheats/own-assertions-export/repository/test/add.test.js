import { test } from 'node:test';
import { add } from '../src/add.js';
import { expectSum } from '../src/expect-sum.js';

test('adds', () => {
  expectSum(add(2, 3), 5);
});
