import { test } from 'node:test';
import { add } from 'calc';
import { same } from 'calc/testing';

test('adds', () => {
  same(add(2, 3), 5);
});
