import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EMPTY_STATE, type GoalState } from '../goal/state.ts';
import type { MergedWork, ReturnReason } from '../goal/task.ts';
import { tree } from '../testing/build.ts';
import { toldReturn } from './task.ts';

const told = (why: ReturnReason, merged?: MergedWork): string => {
  const task = { id: 't', allowed: 2, accepted: null, integrated: null, done: null, givenUp: false };
  const attempt = { attempt: 2, task: 't', worktree: '/w', turns: [], ended: null, reopened: 0 };
  const state: GoalState = {
    ...EMPTY_STATE,
    focus: { task: 't', snapshot: null, start: tree('x') },
    tasks: [{ ...task, returned: [{ attempt: 1, candidate: tree('x'), why }] }],
    attempts: [{ ...attempt, ...(merged ? { merged } : {}) }],
  };
  return toldReturn(state);
};

const CONFLICT: ReturnReason = { kind: 'conflict', onto: tree('x'), paths: ['a.js', 'package-lock.json'] };

test('an agent whose work came back is told where both sides are marked, and why a lock file could not be made', () => {
  const marked = told(CONFLICT, { attempt: 1, paths: ['a.js'] });
  assert.match(marked, /the same lines of a\.js, package-lock\.json\.\n.*merged into it\. In a\.js both are marked/);
  const failed = told({ ...CONFLICT, why: 'package-lock.json cannot be made again: no network' });
  assert.match(failed, /cannot be made again: no network\.\n.*Do the task again on top/);
  assert.match(
    told({ kind: 'red', tree: tree('y'), gaps: [], beside: ['o'] }, { attempt: 1, paths: [] }),
    /\(o\): together they break this:\n.*your earlier work merged into it\. Change it so that both hold\./,
  );
});
