import assert from 'node:assert/strict';
import { test } from 'node:test';

test('plain', () => {
  assert.equal(1, 1);
});
// end
