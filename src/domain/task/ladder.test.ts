import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { GoalOptions } from '../goal/event.ts';
import type { AttemptState, GoalState } from '../goal/state.ts';
import { created } from '../testing/build.ts';
import { attempt, stateOf, task } from '../testing/task-states.ts';
import { nextOf } from './ladder.ts';
import { beforeRetry, failuresBefore, retryMs } from './retry.ts';

const OTHER = { name: 'other', preset: null, argv: ['other'] } as const;

const goal = (options: Partial<GoalOptions> = {}, more: Partial<GoalState> = {}): GoalState =>
  stateOf([task('t1', { allowed: 4 })], {
    created: created({ taskRules: 2, ...options }),
    attemptsAllowed: 4,
    ...more,
  });

/** Attempts that ended as is said, the oldest first. */
const ended = (...ends: readonly AttemptState['ended'][]): readonly AttemptState[] =>
  ends.map((end, index) => ({ ...attempt(index + 1, 't1', end), turns: [] }));

const steps = (state: GoalState, own: readonly AttemptState[], allowed = 4) => nextOf(state, own, allowed);

suite('what the next attempt does differently', () => {
  test('a fresh session, then less at once, and then the same until none is left', () => {
    const of = (n: number) => steps(goal(), ended(...Array.from({ length: n }, () => 'no_progress' as const)));
    assert.deepEqual([of(0), of(1), of(2), of(3), of(4)], [{}, { rung: 'fresh' }, { rung: 'smaller' }, {}, null]);
  });

  test('another agent works once, after all attempts of the first', () => {
    const state = goal({ fallbackAgent: OTHER });
    const spent = ended('no_progress', 'turns_spent');
    const other = { rung: 'other_agent', agent: 'fallback' } as const;
    assert.deepEqual(steps(state, spent, 3), { rung: 'smaller' });
    assert.deepEqual(steps(state, spent, 2), other);
    assert.equal(steps(state, [...spent, { ...attempt(3, 't1', 'no_progress'), ...other, turns: [] }], 2), null);
  });

  test('an agent that is not there, or failed twice in a row, leaves to the other at once', () => {
    const state = goal({ fallbackAgent: OTHER });
    const gone = attempt(1, 't1', 'agent_failed');
    const outcome = { kind: 'unavailable', reason: 'not_found', detail: 'x' } as const;
    const turns = gone.turns.map((turn) => ({ ...turn, outcome }));
    assert.equal(steps(state, [{ ...gone, turns }])?.agent, 'fallback');
    assert.equal(steps(state, ended('agent_failed', 'agent_failed'))?.agent, 'fallback');
    assert.equal(steps(state, ended('agent_failed'))?.agent, undefined);
    assert.equal(steps(goal(), ended('agent_failed', 'agent_failed'))?.agent, undefined);
  });

  test('work that was sent back is done again by who did it, and a resume begins anew', () => {
    const state = goal({ fallbackAgent: OTHER });
    const other = { ...attempt(3, 't1', 'accepted'), agent: 'fallback', turns: [] } as const;
    assert.deepEqual(steps(state, [...ended('no_progress', 'no_progress'), other]), { agent: 'fallback' });
    const before = attempt(1, 't1', 'no_progress');
    assert.deepEqual(steps({ ...state, resumedAt: 5 }, [before]), {});
  });

  test('a log of before has as many attempts as before', () => {
    const { created: first } = goal({ fallbackAgent: OTHER });
    assert.ok(first);
    const { taskRules: _rules, ...options } = first.options;
    const old = goal({}, { created: { ...first, options } });
    assert.deepEqual([steps(old, ended('no_progress'), 1), steps(old, ended('no_progress'), 2)], [null, {}]);
  });
});

test('an agent that failed is started anew after a while that grows, and not where it gets no other attempt', () => {
  assert.deepEqual([0, 1, 2, 20].map(retryMs), [500, 1000, 2000, 60_000]);
  const open = attempt(2, 't1', null);
  const [turn = assert.fail()] = open.turns;
  const failed = { ...turn, outcome: { kind: 'failed', reason: 'crashed', detail: 'x' } } as const;
  const state = goal({}, { attempts: [...ended('agent_failed'), open] });
  assert.equal(failuresBefore(state, 2), 1);
  assert.equal(beforeRetry(state, open, failed)?.kind, 'wait');
  const waited = { attempt: 2, turn: 1, until: 'x', told: 'backoff', detail: '', why: 'retry', waitedMs: 1 } as const;
  assert.equal(beforeRetry({ ...state, waits: [waited] }, open, failed), null);
  assert.equal(beforeRetry({ ...state, attemptsAllowed: 2 }, open, failed), null);
});
