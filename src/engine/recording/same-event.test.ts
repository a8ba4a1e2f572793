import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { GoalEvent, LoggedEvent } from '../../domain/goal/event.ts';
import { isSame, remade } from './same-event.ts';

const logged = (event: GoalEvent): LoggedEvent => ({ ...event, v: 2, seq: 3, ts: '', prev: '' });
const hashed = (projection: string, sha256: string): GoalEvent => ({
  type: 'state.checkpoint',
  data: { projection, sha256: sha256.repeat(64) },
});

test('the hash of another projection is no divergence, and stays as it is recorded; another hash of the same is one', () => {
  const recorded = logged(hashed('state/1', 'a'));
  assert.ok(isSame(hashed('state/2', 'b'), recorded));
  assert.deepEqual(remade(hashed('state/2', 'b'), recorded), recorded);
  assert.ok(!isSame(hashed('state/1', 'b'), recorded));
});
