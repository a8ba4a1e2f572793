import assert from 'node:assert/strict';
import { test } from 'node:test';
import { durationMs } from './duration.ts';

test('durations are positive and at most a day', () => {
  assert.equal(durationMs('250ms'), 250);
  assert.equal(durationMs('1.5h'), 5_400_000);
  for (const text of ['', '30', '30 m', '-1m', '0s', '25h', '1m x', 'm']) assert.equal(durationMs(text), null, text);
});
