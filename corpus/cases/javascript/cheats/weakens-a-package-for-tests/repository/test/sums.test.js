import { test } from 'node:test';
import { same } from '@sums/kit';
import { add } from '../src/sums.js';

test('adds', () => {
  same(add(2, 3), 5);
});

test('adds nothing', () => {
  same(add(4, 0), 4);
});
