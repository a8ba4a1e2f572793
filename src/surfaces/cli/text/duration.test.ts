import assert from 'node:assert/strict';
import { test } from 'node:test';
import { duration } from './duration.ts';

test('a duration is written in its largest two units and never rounded up', () => {
  assert.equal(duration(0), '0.0s');
  assert.equal(duration(999), '0.9s');
  assert.equal(duration(9_999), '9.9s');
  assert.equal(duration(10_000), '10s');
  assert.equal(duration(59_999), '59s');
  assert.equal(duration(72_000), '1m 12s');
  assert.equal(duration(61_000), '1m 01s');
  assert.equal(duration(7_380_000), '2h 03m');
});

test('a clock that went back shows nothing negative, and an unknown duration says so', () => {
  assert.equal(duration(-5), '0.0s');
  assert.equal(duration(null), 'unknown');
  assert.equal(duration(Number.NaN), 'unknown');
});
