import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sha256Hex, utf8 } from '../../proof/format/bytes.ts';
import { exitOf, left, notStarted } from './outcome.ts';

const ENTRY = { where: 'goals.md:3', prompt: 'Add more', digest: sha256Hex(utf8('Add more')) };

test('an entry that another process works on is not done, and one that was not started says nothing', () => {
  assert.equal(exitOf(left(ENTRY, 'another process works on it')), 2);
  assert.equal(exitOf(notStarted(ENTRY, 'stopped')), 0);
});
