import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EMPTY_STATE } from '../../../domain/goal/state.ts';
import { nextCommand } from './next-command.ts';

test('a goal that another process works on is watched, or looked for where that process still makes it', () => {
  const busy = { did: 'left', error: null } as const;
  assert.equal(nextCommand({ ...busy, goal: 'g-1', state: EMPTY_STATE }), 'omk goal watch g-1');
  assert.equal(nextCommand({ ...busy, goal: null, state: null }), 'omk goal list');
  assert.equal(nextCommand({ did: 'not_started', error: null, goal: null, state: null }), null);
});
