import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { add } from '../src/add.js';

for (const name of readdirSync('cases'))
  test(name, () => {
    const { a, b, sum } = JSON.parse(readFileSync(`cases/${name}`, 'utf8'));
    assert.equal(add(a, b), sum);
  });
