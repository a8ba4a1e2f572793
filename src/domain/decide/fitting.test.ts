import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { fc } from '../testing/fast-check.ts';
import type { UsageEntry } from '../budget/usage-entry.ts';
import { created } from '../testing/build.ts';
import { guard, overLimit } from './budget.ts';
import type { GoalEvent, GoalOptions } from '../goal/event.ts';
import { fold } from '../transition/evolve.ts';
import { fitting } from './fitting.ts';
import type { Intent } from '../goal/intent.ts';
import { reservation } from './reservation.ts';
import type { GoalState } from '../goal/state.ts';

const started = (options: Partial<GoalOptions>, tasks = 1): GoalState => {
  const all = Array.from({ length: tasks }, (_, index) => ({
    id: `t${index + 1}`,
    title: '',
    brief: '',
    needs: [],
    writes: [],
    criteria: [],
  }));
  // Set and not recorded: a plan of several tasks is not admitted yet.
  return { ...fold([{ type: 'goal.created', data: created(options) }]), plan: { criteria: [], tasks: all } };
};
const tokens = (n: string) => ({ time: null, tokens: n, picoUsd: null });
let key = 0;
const usage = (used: string, more: Partial<UsageEntry> = {}): GoalEvent => {
  const entry: UsageEntry = {
    key: `k${key++}`,
    sessionType: 'attempt',
    name: 'attempt-1',
    attempt: 1,
    turn: 1,
    reporting: 'call',
    model: null,
    inputTokens: used,
    cachedTokens: null,
    outputTokens: null,
    picoUsd: null,
    priced: null,
  };
  return { type: 'usage.recorded', data: { ...entry, ...more } };
};
const start = (attempt: number, task = `t${attempt}`): Intent => ({
  key: `attempt:${attempt}`,
  kind: 'start_attempt',
  attempt,
  task,
});
const starts = (...numbers: readonly number[]): readonly Intent[] => numbers.map((each) => start(each));
const keys = (intents: readonly Intent[]): readonly string[] => intents.map((each) => each.key);
const attempt = (n: number, task: string): readonly GoalEvent[] => [
  { type: 'attempt.started', data: { attempt: n, task, worktree: '/w' } },
  { type: 'attempt.ended', data: { attempt: n, why: 'accepted' } },
];

suite('what an attempt reserves', () => {
  test('is the largest report so far, of tokens and of dollars, or what was declared where that is more', () => {
    assert.deepEqual(reservation(started({})), { tokens: null, picoUsd: null });
    const declared = started({ largestReport: { tokens: '500', picoUsd: '70' } });
    assert.deepEqual(reservation(declared), { tokens: 500n, picoUsd: 70n });
    const seen = fold([usage('600', { picoUsd: '90' }), usage('40', { reporting: 'turn', picoUsd: '95' })], declared);
    assert.deepEqual(reservation(seen), { tokens: 600n, picoUsd: 95n });
  });
});

suite('a wave of attempts', () => {
  test('0.5.0 defect: two tasks of a wave both admitted with room for one', () => {
    const state = fold([usage('60')], started({ budget: tokens('150'), taskShare: 100 }, 3));
    assert.deepEqual(keys(fitting(state, starts(1, 2, 3), 0n)), ['attempt:1']);
    assert.equal(fitting(started({}, 3), starts(1, 2, 3), 0n).length, 3, 'without a limit all go');
    const dear = fold(
      [usage('1', { picoUsd: '60' })],
      started({ budget: { time: null, tokens: null, picoUsd: '150' }, taskShare: 100 }, 3),
    );
    assert.deepEqual(keys(fitting(dear, starts(1, 2), 0n)), ['attempt:1'], 'of dollars too');
    const declared = started(
      { budget: tokens('150'), taskShare: 100, largestReport: { tokens: '60', picoUsd: null } },
      3,
    );
    assert.deepEqual(
      keys(fitting(declared, starts(1, 2, 3), 0n)),
      ['attempt:1', 'attempt:2'],
      'before anything was told, what was declared counts',
    );
  });

  test('leaves what is no attempt alone, and keeps the order', () => {
    const state = fold([usage('60')], started({ budget: tokens('150'), taskShare: 100 }, 3));
    const gate: Intent = { key: 'g', kind: 'examine', candidate: 'c' };
    assert.deepEqual(keys(fitting(state, [gate, start(1), start(2)], 0n)), ['g', 'attempt:1']);
    assert.deepEqual(keys(fitting(state, [start(2), gate, start(1)], 0n)), ['attempt:2', 'g']);
  });

  test('never reserves more than is left, is never empty, and keeps the order, whatever was used and however many want to start', () => {
    const n = fc.bigInt({ min: 1n, max: 1000n });
    fc.assert(
      fc.property(
        n,
        n,
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 0, max: 100 }),
        (total, largest, wanted, taskShare) => {
          const state = fold([usage(String(largest))], started({ budget: tokens(String(total)), taskShare }, 12));
          const wave = Array.from({ length: wanted }, (_, index) => start(index + 1));
          const fits = fitting(state, wave, 0n);
          assert.ok(fits.length >= 1 || total <= largest);
          assert.deepEqual(
            fits,
            wave.filter((each) => fits.includes(each)),
          );
          if (fits.length > 1)
            assert.ok(BigInt(fits.length) * largest <= total - largest, 'the sum of what they reserve');
          if (total - largest >= largest * BigInt(wanted) && total >= 12n * largest)
            assert.equal(fits.length, wanted, 'nothing that fits is left out');
        },
      ),
    );
  });
});

suite('the share of a task', () => {
  const turn: Intent = { key: 'turn:1:2', kind: 'run_turn', attempt: 1, turn: 2, reason: 'feedback' };
  const two = (used: string, taskShare = 50): GoalState =>
    fold([...attempt(1, 't1'), usage(used)], started({ budget: tokens('1000'), taskShare }, 2));
  const limitsOf = (state: GoalState) => ({
    time: null,
    tokens: BigInt(state.budget.stored.tokens ?? '0'),
    picoUsd: null,
  });

  test('stops a task of several that has used it up, before its next turn and while it runs, and says which', () => {
    assert.equal(guard(two('499'), [turn], 0n).kind, 'free');
    const hit = guard(two('500'), [turn], 0n);
    assert.deepEqual(hit.kind === 'spent' && [hit.action, hit.exhaustion], [
      'turn',
      { source: 'tokens', detail: 'budget_tokens=500, used_tokens=500, task=t1' },
    ]);
    assert.notEqual(overLimit(two('500'), limitsOf(two('500')), 0n, 't1'), null, 'what the watcher asks');
    assert.equal(overLimit(two('500'), limitsOf(two('500')), 0n, 't2'), null);
  });

  test('lets the other tasks go on', () => {
    const state = two('500');
    assert.equal(guard(state, [turn, start(2)], 0n).kind, 'free');
    assert.deepEqual(keys(fitting(fold([usage('1', { attempt: 2 })], state), [turn, start(2)], 0n)), ['attempt:2']);
  });

  test('is at least an equal part, and more where that is configured', () => {
    assert.equal(guard(two('500', 10), [turn], 0n).kind, 'spent');
    assert.equal(guard(two('500', 60), [turn], 0n).kind, 'free');
    assert.equal(guard(two('999', 100), [turn], 0n).kind, 'free');
  });

  test('of the only task is all there is', () => {
    const alone = fold([...attempt(1, 't1'), usage('999')], started({ budget: tokens('1000'), taskShare: 10 }));
    assert.equal(guard(alone, [turn], 0n).kind, 'free');
  });

  test('grows with the budget', () => {
    const state = two('500');
    const data = {
      status: 'running',
      phase: 'executing',
      at: '2026-01-31T12:00:00.000Z',
      elapsedSecs: '1',
      usedTokens: '500',
      usedPicoUsd: '0',
      budget: tokens('1002'),
      previous: tokens('1000'),
      added: { time: null, secs: null, tokens: '2', picoUsd: null },
    } as const;
    assert.equal(guard(fold([{ type: 'budget.extended', data }], state), [turn], 0n).kind, 'free');
  });
});
