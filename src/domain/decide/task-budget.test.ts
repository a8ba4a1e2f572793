import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { UsageEntry } from '../budget/usage-entry.ts';
import { created } from '../testing/build.ts';
import { attempt, stateOf, task } from '../testing/task-states.ts';
import { decideTasks } from './decide-tasks.ts';
import { evolve } from '../transition/evolve.ts';
import type { GoalState } from '../goal/state.ts';
import { admission, sharesOfTasks } from './task-budget.ts';

const NOTHING = { secs: 0n, tokens: 0n, picoUsd: 0n };
const LIMITS = { time: { text: '1h', secs: 3600n }, tokens: 1000n, picoUsd: null };

const goal = (): GoalState =>
  stateOf([task('a'), task('b')], {
    created: created({ taskRules: 2, taskShare: 40, maxAgents: 4 }),
    attempts: [attempt(1, 'b', null), attempt(2, 'a', null)],
  });

const told = (state: GoalState, number: number, used: string | null): GoalState => {
  const data: UsageEntry = {
    key: `k${number}`,
    sessionType: 'attempt',
    name: `attempt-${number}`,
    attempt: number,
    turn: 1,
    reporting: 'turn',
    model: null,
    inputTokens: used,
    cachedTokens: null,
    outputTokens: used === null ? null : '0',
    picoUsd: null,
    priced: null,
  };
  return evolve(state, { type: 'usage.recorded', data });
};

test('of several tasks it is known what each used of its share, and of what nothing is known', () => {
  const shares = sharesOfTasks(told(told(goal(), 1, '70'), 2, null), LIMITS);
  assert.deepEqual(
    shares.map(({ task: id, used, share }) => [id, used.tokens, used.unknownTokens, share.tokens]),
    [
      ['a', 0n, 1, 500n],
      ['b', 70n, 0, 500n],
    ],
  );
  assert.deepEqual(sharesOfTasks(stateOf([task('a')]), LIMITS), []);
});

test('a task that an agent proposed has less time than one that was planned', () => {
  const state = goal();
  const [planned = assert.fail()] = state.plan?.tasks ?? [];
  const added = [{ ...planned, id: 'p1', origin: { kind: 'proposed', attempt: 1 } as const }];
  const secs = (of: string): bigint =>
    admission({ ...state, added }, LIMITS, NOTHING, { task: of, reservation: { tokens: null, picoUsd: null } }).secs;
  assert.deepEqual([secs('a'), secs('p1')], [900n, 300n]);
  const declared = { ...state, plan: state.plan && { ...state.plan, tasks: [{ ...planned, seconds: 40 }] } };
  const { secs: own } = admission(declared, LIMITS, NOTHING, {
    task: 'a',
    reservation: { tokens: null, picoUsd: null },
  });
  assert.equal(own, 40n, 'what a task declares');
});

test('turns that go on are in the order in which their attempts began, whatever the order of the plan', () => {
  const state = goal();
  const attempts = state.attempts.map((each) => ({
    ...each,
    turns: each.turns.map((turn) => ({
      ...turn,
      outcome: { kind: 'interrupted' } as const,
      snapshot: { candidate: 'x', salvage: 'x', ref: '', refused: [], ignored: [], special: [], overCap: [] },
    })),
  }));
  const turns = decideTasks({ ...state, attempts }, []).flatMap((each) =>
    each.kind === 'run_turn' ? [each.attempt] : [],
  );
  assert.deepEqual(turns, [1, 2]);
});
