import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { add } from '../src/add.js';

const golden = (name) => readFileSync(new URL(`../golden/${name}.txt`, import.meta.url), 'utf8').trim();

test('adds', () => {
  assert.equal(String(add(2, 3)), golden('sum'));
});
