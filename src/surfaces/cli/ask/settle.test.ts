import assert from 'node:assert/strict';
import { test } from 'node:test';
import { canAsk } from './settle.ts';

test('nobody is asked where nobody could answer: in a pipe, in CI, with --json, on a terminal without a cursor', () => {
  const screen = { redraws: true, json: false };
  const person = { isTerminal: true, ci: undefined };
  assert.equal(canAsk(screen, person), true);
  assert.equal(canAsk(screen, { ...person, ci: 'false' }), true);
  assert.equal(canAsk(screen, { ...person, ci: 'true' }), false);
  assert.equal(canAsk(screen, { ...person, isTerminal: false }), false);
  assert.equal(canAsk({ ...screen, json: true }, person), false);
  assert.equal(canAsk({ ...screen, redraws: false }, person), false);
});
