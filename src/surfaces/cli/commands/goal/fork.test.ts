import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forked } from './fork.ts';

test('what to do differently may stand without the goal, which is then the newest', () => {
  assert.deepEqual(forked('keep the old signature', ''), { name: 'latest', words: 'keep the old signature' });
  assert.deepEqual(forked('g-20260131', ''), { name: 'g-20260131', words: '' });
  assert.deepEqual(forked('g-20260131', 'keep it'), { name: 'g-20260131', words: 'keep it' });
  assert.deepEqual(forked('latest', ''), { name: 'latest', words: '' });
});
