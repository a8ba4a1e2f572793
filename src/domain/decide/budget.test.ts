import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { fc } from '../testing/fast-check.ts';
import type { StoredBudget } from '../budget/figures.ts';
import type { UsageEntry } from '../budget/usage-entry.ts';
import { BLOB, created, turnEnded } from '../testing/build.ts';
import { admits } from '../transition/admit.ts';
import { checkpoint, exhaustedEvents, guard, momentNow } from './budget.ts';
import { decide } from './decide.ts';
import { fold } from '../transition/evolve.ts';
import type { GoalEvent } from '../goal/event.ts';
import type { Intent } from '../goal/intent.ts';
import type { GoalState } from '../goal/state.ts';

const AT = '2026-01-31T12:00:00.000Z';
const started = (budget: Partial<StoredBudget>): GoalState =>
  fold([{ type: 'goal.created', data: created({ budget: { time: null, tokens: null, picoUsd: null, ...budget } }) }]);
const turn: Intent = { key: 'turn:1:1', kind: 'run_turn', attempt: 1, turn: 1, reason: 'first' };
const usage = (key: string, tokens: string): GoalEvent => {
  const data: UsageEntry = {
    key,
    sessionType: 'attempt',
    name: 'attempt-1',
    attempt: 1,
    turn: 1,
    reporting: 'call',
    model: null,
    inputTokens: tokens,
    cachedTokens: null,
    outputTokens: null,
    picoUsd: null,
    priced: null,
  };
  return { type: 'usage.recorded', data };
};
const spent = (state: GoalState, secs: bigint, intent: Intent = turn) => {
  const hit = guard(state, [intent], secs);
  assert.equal(hit.kind, 'spent');
  if (hit.kind !== 'spent') throw new Error('not spent');
  return hit;
};

suite('the guard', () => {
  test('meets a limit exactly at the limit', () => {
    const state = fold([usage('s#1', '99')], started({ tokens: '100' }));
    assert.equal(guard(state, [turn], 0n).kind, 'free');
    assert.equal(spent(fold([usage('s#2', '1')], state), 0n).exhaustion.source, 'tokens');
  });

  test('lets no attempt begin whose worst case does not fit into what is left, and says what it reserves', () => {
    const start: Intent = { key: 'attempt:2', kind: 'start_attempt', attempt: 2, task: 't1' };
    const state = fold([usage('s#1', '60')], started({ tokens: '100' }));
    assert.equal(guard(state, [turn], 0n).kind, 'free', 'one that has begun goes on');
    const hit = spent(state, 0n, start);
    assert.deepEqual(hit.exhaustion, {
      source: 'tokens',
      detail: 'the task reserves 60 tokens, and 40 are left',
      refused: { task: 't1', taskSecs: '900', reason: 'the task reserves 60 tokens, and 40 are left' },
    });
    const [refused, , ended] = exhaustedEvents(state, hit, 0n, AT);
    assert.match(JSON.stringify(refused), /"budget\.exhausted".*"refused":\{"task":"t1"/);
    assert.match(JSON.stringify(ended), /needs_more_budget.*\(tokens too little: the task reserves 60 tokens/);
    assert.equal(guard(fold([usage('s#1', '50')], started({ tokens: '100' })), [start], 0n).kind, 'free');
  });

  test('of attempts is what admission says, whatever was used', () => {
    const count = fc.bigInt({ min: 1n, max: 1000n });
    fc.assert(
      fc.property(count, count, fc.bigInt({ min: 0n, max: 2000n }), count, (tokens, used, secs, time) => {
        const start: Intent = { key: 'attempt:2', kind: 'start_attempt', attempt: 2, task: 't1' };
        const state = fold([usage('s#1', String(used))], started({ tokens: String(tokens), time: `${time}s` }));
        const isFree = guard(state, [start], secs).kind === 'free';
        assert.equal(isFree, secs < time && used < tokens && used <= tokens - used);
      }),
    );
  });

  test('refuses a stored duration that does not parse: it is never "no limit"', () => {
    assert.deepEqual(guard(started({ time: 'soon' }), [turn], 0n), {
      kind: 'invalid',
      text: 'Invalid budget duration: soon',
    });
  });

  test('ends the goal in needs_more_budget, event and checkpoint first, what is left of the source 0', () => {
    const state = started({ time: '60s' });
    const events = exhaustedEvents(state, spent(state, 61n), 61n, AT);
    assert.deepEqual(
      events.map((event) => event.type),
      ['budget.exhausted', 'budget.checkpoint', 'goal.ended'],
    );
    const after = fold(events, state);
    assert.equal(after.status, 'needs_more_budget');
    assert.equal(after.budget.checkpoints.at(-1)?.label, 'budget_exhausted');
    assert.equal(after.budget.recordedSecs, 61n, 'a clock that is set back gives none of it back');
    assert.deepEqual(decide(after), []);
  });
});

suite('more budget', () => {
  const extended = (state: GoalState, tokens: string): GoalEvent => {
    const moment = momentNow(state, { time: null, tokens: BigInt(tokens), picoUsd: null }, 1n, AT);
    return {
      type: 'budget.extended',
      data: { ...moment, previous: state.budget.stored, added: { time: null, secs: null, tokens, picoUsd: null } },
    };
  };

  test('makes needs_more_budget not_ready, to be continued; other statuses stay', () => {
    const state = started({ time: '0s' });
    const stopped = fold(exhaustedEvents(state, spent(state, 0n), 0n, AT), state);
    const more = fold([extended(stopped, '7')], stopped);
    assert.deepEqual([more.status, more.ended, more.budget.stored.tokens], ['not_ready', null, '7']);
    assert.equal(fold([{ type: 'goal.resumed', data: { why: 'x' } }], more).status, 'running');
    const paused = fold([{ type: 'goal.paused', data: { why: 'x' } }], state);
    assert.equal(fold([extended(paused, '7')], paused).status, 'paused');
  });

  test('is refused for a goal that is cancelled', () => {
    const gone = fold([{ type: 'goal.cancelled', data: { why: 'x' } }], started({}));
    assert.equal(admits(gone, extended(gone, '7')), 'the goal is cancelled');
  });
});

test('usage is told once, also after a stop, and a forged figure is not admitted', () => {
  const state = fold([usage('s#1', '5'), { type: 'goal.paused', data: { why: 'x' } }], started({}));
  assert.match(admits(state, usage('s#1', '5')) ?? '', /counted already/);
  assert.equal(admits(state, usage('s#2', '5')), null);
  assert.match(admits(state, usage('s#3', '-5')) ?? '', /is none/);
  const moment = momentNow(state, { time: null, tokens: null, picoUsd: null }, 0n, AT);
  assert.equal(admits(state, checkpoint(moment, 'goal_paused')), null);
  assert.notEqual(admits(state, checkpoint({ ...moment, usedTokens: 'many' }, 'goal_paused')), null);
});

suite('a usage limit of the agent', () => {
  const limit = { kind: 'unavailable', reason: 'usage_limit', detail: '429' } as const;
  const met = (turns: number): readonly GoalEvent[] => [
    { type: 'attempt.started', data: { attempt: 1, task: 't1', worktree: '/w' } },
    ...Array.from({ length: turns }, (_, index): readonly GoalEvent[] => [
      { type: 'turn.started', data: { attempt: 1, turn: index + 1, prompt: BLOB } },
      { type: 'turn.ended', data: turnEnded(1, index + 1, limit) },
    ]).flat(),
  ];

  test('is waited for, and a wait under way is not begun twice', () => {
    const state = fold(met(1), started({}));
    const wait: GoalEvent = {
      type: 'wait.started',
      data: { attempt: 1, turn: 1, until: AT, told: 'backoff', detail: '429' },
    };
    assert.equal(admits(state, wait), null);
    const waited = fold([wait, { type: 'wait.ended', data: { attempt: 1, turn: 1, waitedMs: 5 } }], state);
    assert.deepEqual(
      waited.waits.map((each) => each.waitedMs),
      [5],
    );
    assert.equal(
      admits(waited, { type: 'wait.ended', data: { attempt: 1, turn: 1, waitedMs: 5 } }),
      'no wait is under way',
    );
  });
});
