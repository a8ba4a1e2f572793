import assert from 'node:assert/strict';
import { test } from 'node:test';
import { guard } from '../../domain/decide/budget.ts';
import type { Intent } from '../../domain/goal/intent.ts';
import { goalUnderTest, NOON } from '../testing/goal.ts';
import { checkpointNow } from './checkpoint.ts';
import { elapsedOf, stopwatch } from './elapsed.ts';

const turn: Intent = { key: 'turn:1:1', kind: 'run_turn', attempt: 1, turn: 1, reason: 'first' };
const MINUTES = 60_000;

test('a clock that is set back while a goal runs gives no time back', async (t) => {
  const { clock, session } = await goalUnderTest(t, { budget: { time: '30m', tokens: null, picoUsd: null } });
  const elapsed = stopwatch({ clock }, session);
  clock.advance(20 * MINUTES);
  assert.equal(elapsed(), 1200n);
  clock.set(NOON - 60 * MINUTES);
  assert.equal(elapsed(), 1200n);
  clock.advance(10 * MINUTES - 1);
  assert.equal(guard(session.state, [turn], elapsed()).kind, 'free');
  clock.advance(1);
  assert.equal(guard(session.state, [turn], elapsed()).kind, 'spent', 'exactly at the boundary');
});

test('a clock that was set back between two runs gives none of what was recorded back, and is never negative', async (t) => {
  const { clock, session, reopen } = await goalUnderTest(t, { budget: { time: '30m', tokens: null, picoUsd: null } });
  clock.advance(25 * MINUTES);
  await session.append(...checkpointNow({ clock }, session, elapsedOf({ clock }, session), 'goal_paused'));
  clock.set(NOON - 60 * MINUTES);
  const later = await reopen();
  assert.equal(elapsedOf({ clock }, later), 1500n);
  const elapsed = stopwatch({ clock }, later);
  clock.advance(5 * MINUTES);
  assert.equal(elapsed(), 1800n, 'and goes on from there');
});

test('a clock that is set forward counts: all time since creation does', async (t) => {
  const { clock, session } = await goalUnderTest(t, {});
  const elapsed = stopwatch({ clock }, session);
  clock.set(NOON + 60 * MINUTES);
  assert.equal(elapsed(), 3600n);
});
