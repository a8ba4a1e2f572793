import assert from 'node:assert/strict';
import { test } from 'node:test';
import { COMPLETED, created, turnEnded } from '../../domain/testing/build.ts';
import type { GoalEvent } from '../../domain/goal/event.ts';
import { mayBeOfOthers } from './of-others.ts';

const BEGUN: GoalEvent = { type: 'goal.created', data: created() };
const PAUSED: GoalEvent = { type: 'goal.paused', data: { why: 'asked for on the command line' } };
const resumed = (more: object = {}): GoalEvent => ({ type: 'goal.resumed', data: { why: 'x', ...more } });
const interrupted: GoalEvent = { type: 'turn.ended', data: turnEnded(1, 1, { kind: 'interrupted' }) };
const lastOf = (...events: readonly GoalEvent[]): boolean => mayBeOfOthers(events, events.length - 1);

test('a command ends the turn of a process that was killed once the goal is stopped, and no other turn', () => {
  assert.ok(lastOf(BEGUN, PAUSED, interrupted));
  assert.ok(!lastOf(BEGUN, interrupted));
  assert.ok(!lastOf(BEGUN, PAUSED, resumed(), interrupted));
  assert.ok(!lastOf(BEGUN, PAUSED, { type: 'turn.ended', data: turnEnded(1, 1, COMPLETED) }));
});

test('a command resumes a goal for one step; an execution for all of it', () => {
  assert.deepEqual([lastOf(BEGUN, resumed({ step: 'verify' })), lastOf(BEGUN, resumed())], [true, false]);
});

test('what was measured on the base is given to a fork alone', () => {
  const prepared: GoalEvent = { type: 'dependencies.prepared', data: { layer: null, detail: 'none' } };
  const start = { commit: 'c'.repeat(40), tree: 'd'.repeat(40) };
  const origin = { kind: 'fork', goal: 'g-1', seq: 9, attempt: 1, turn: 1, start } as const;
  const fork: GoalEvent = { type: 'goal.created', data: { ...created(), origin } };
  assert.deepEqual([lastOf(BEGUN, prepared), lastOf(fork, prepared)], [false, true]);
});
