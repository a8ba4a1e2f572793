import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseDuration } from '../src/duration.js';

test('a single unit', () => {
  assert.equal(parseDuration('45s'), 45);
  assert.equal(parseDuration('2h'), 7200);
});

test('units add up', () => {
  assert.equal(parseDuration('1h 30m'), 5400);
  assert.equal(parseDuration('1m 5s'), 65);
});

test('nonsense is refused', () => {
  assert.throws(() => parseDuration('soon'), RangeError);
});
