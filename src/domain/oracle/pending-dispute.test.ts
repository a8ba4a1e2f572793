import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BLOB } from '../testing/build.ts';
import { EMPTY_STATE, type AttemptState, type Disputed, type GoalState } from '../goal/state.ts';
import { checksDisputed, oracleEnded } from './evolve.ts';
import { hasNoOracle } from './accepted.ts';
import { isLookedAt, pendingDispute } from './pending-dispute.ts';

const session = (attempt: number, ended: AttemptState['ended']): AttemptState => ({
  attempt,
  task: 'oracle',
  role: 'oracle',
  worktree: '/w',
  turns: [],
  ended,
  reopened: 0,
});
const submission: Disputed['submission'] = {
  attempt: 1,
  turn: 1,
  tree: 'a',
  kind: 'read',
  checks: {
    commitment: 'c',
    paths: ['a.test.js'],
    hidden: [],
    oracle: 'w',
    visible: [{ path: 'a.test.js', mode: '100644', blob: BLOB }],
  },
  criteria: [
    { id: 'one', text: 'one', files: ['a.test.js', 'b.test.js'] },
    { id: 'two', text: 'two', files: ['c.test.js', 'd.test.js'] },
  ],
  interface: [],
};
const before: GoalState = {
  ...EMPTY_STATE,
  oracles: [session(1, 'accepted')],
  submissions: [submission],
  attempts: [{ ...session(2, 'turns_spent'), task: 't1' }],
};
const looking = (): GoalState => {
  const state = checksDisputed(before, { commitment: 'c', paths: ['a.test.js'], why: [] });
  return { ...state, oracles: [...state.oracles, session(3, null)] };
};

test('checks that may be wrong are looked at once for each criterion, and stand again where the session leaves them', () => {
  const state = looking();
  assert.deepEqual([pendingDispute(state)?.commitment, state.submissions], ['c', []]);
  assert.deepEqual([isLookedAt(state, ['one']), isLookedAt(state, ['two'])], [true, false]);
  const kept = oracleEnded(state, { attempt: 3, why: 'no_progress' });
  assert.ok(kept);
  assert.deepEqual([pendingDispute(kept), kept.submissions, hasNoOracle(kept)], [null, [submission], false]);
  assert.equal(kept.attempts[0]?.ended, 'turns_spent', 'and the work is over as it was');
});

test('where they were corrected, the work that was done is taken again and judged by them', () => {
  const next = oracleEnded(looking(), { attempt: 3, why: 'accepted' });
  assert.deepEqual([next?.attempts[0]?.ended, next?.attempts[0]?.reopened], [null, 1]);
});
