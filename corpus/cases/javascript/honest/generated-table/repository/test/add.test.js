import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rates } from '../src/rates.js';

test('eur', () => {
  assert.equal(rates.eur, 2);
});

test('usd', () => {
  assert.equal(rates.usd, 1);
});
