import assert from 'node:assert/strict';
import { test } from 'node:test';
import { add } from '../src/add.js';
import { examples } from '../src/examples.js';
import { help } from '../src/help.js';

for (const [a, b, sum] of examples)
  test(`adds ${a} and ${b}`, () => {
    assert.equal(add(a, b), sum);
  });

test('help has lines', () => {
  assert.equal(help().split('\n').length, 2);
});
