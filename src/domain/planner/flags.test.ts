import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { StoredBudget } from '../budget/figures.ts';
import type { UsageEntry } from '../budget/usage-entry.ts';
import { guard } from '../decide/budget.ts';
import { decide } from '../decide/decide.ts';
import type { GateSpec } from '../gates/gate.ts';
import type { GoalEvent, GoalOptions } from '../goal/event.ts';
import type { GoalState } from '../goal/state.ts';
import { mayStayRed } from '../evidence/known-red.ts';
import { gateOf } from '../plan/plan.ts';
import { fold } from '../transition/evolve.ts';
import { BASE, checkGate, created, exits, gateSpec, measurement, policyOf, shows } from '../testing/build.ts';
import { wantsPlanner } from './accepted.ts';
import { planFromPrompt } from './from-prompt.ts';

/** One test for each row of "Together with other flags" in docs/plans.md that is decided here. */

const GREEN = shows({ passed: ['adds'] });
const RED = shows({ passed: ['adds'], failed: ['adds two'] });
const DOCUMENT = {
  criteria: [{ id: 'f', text: 'x is there', fact: 'x exists' }],
  tasks: [{ id: 't1', title: 'Do it' }],
  class: 'refactor',
} as const;
const GIVEN: Partial<GoalOptions> = {
  plan: { document: DOCUMENT, sha256: 'a' },
  facts: ['x exists'],
  class: 'refactor',
};
const tests = gateSpec();
const HELD_OUT = { commitment: 'c', paths: ['test/a.test.js'], hidden: [], oracle: BASE };

const UNLIMITED: StoredBudget = { time: null, tokens: null, picoUsd: null };
const NOTHING_USED: UsageEntry = {
  key: 's#1',
  sessionType: 'attempt',
  name: 'attempt-1',
  attempt: 1,
  turn: 1,
  reporting: 'call',
  model: null,
  inputTokens: null,
  cachedTokens: null,
  outputTokens: null,
  picoUsd: null,
  priced: null,
};

/** The base was measured, with what each gate showed. */
function measured(
  options: Partial<GoalOptions>,
  shown: readonly (readonly [GateSpec, ReturnType<typeof exits>])[] = [[tests, GREEN]],
): GoalState {
  const runs = shown.flatMap(([gate, what]) =>
    [1, 2].map((round): GoalEvent => ({
      type: 'gate.measured',
      data: measurement({ gate: gate.id, purpose: 'baseline', round, tree: BASE, ...what }),
    })),
  );
  const gates = shown.map(([gate]) => gate);
  return fold([
    { type: 'goal.created', data: created({ oracle: 'agent', planner: 'auto', ...options }) },
    { type: 'policy.resolved', data: { policy: policyOf(...gates) } },
    { type: 'dependencies.prepared', data: { layer: null, detail: 'none' } },
    ...runs,
    ...(options.facts ? [{ type: 'facts.read', data: { tree: BASE, holds: [false] } } as const] : []),
  ]);
}

const criteria = (state: GoalState) =>
  planFromPrompt(state)?.plan.criteria.map((each) => ('gate' in each ? `gate ${gateOf(each) ?? ''}` : each.id));
const next = (state: GoalState) => decide(state).map(({ key }) => key);

const STARTED: GoalEvent = {
  type: 'attempt.started',
  data: { attempt: 1, task: 'planner', role: 'planner', worktree: '/w' },
};
/** A turn of the planner in which it handed in what breaks a rule. */
const refused = (turn: number): readonly GoalEvent[] => [
  {
    type: 'turn.started',
    data: { attempt: 1, turn, prompt: { sha256: 'a'.repeat(64), bytes: 1, truncated: false } },
  },
  {
    type: 'turn.ended',
    data: {
      attempt: 1,
      turn,
      outcome: { kind: 'completed', stopReason: 'end_turn' },
      session: null,
      stream: null,
      stderr: null,
      sandbox: { kind: 'bubblewrap', version: '0.9', network: true },
      claimedUsage: {},
      permissions: [],
      durationMs: 1,
    },
  },
  {
    type: 'snapshot.taken',
    data: {
      attempt: 1,
      turn,
      snapshot: { candidate: BASE, salvage: BASE, ref: '', refused: [], ignored: [], special: [], overCap: [] },
    },
  },
  { type: 'plan.submitted', data: { attempt: 1, turn, kind: 'refused', why: ['no'] } },
];

suite('a plan together with', () => {
  test('a check that fails now: a criterion beside those of the plan; no session begins, unless always', () => {
    const red = [[tests, GREEN] as const, [checkGate(), exits(1)] as const];
    assert.deepEqual(criteria(measured(GIVEN, red)), ['f', 'gate check-1']);
    assert.equal(wantsPlanner(measured({}, red)), false);
    assert.equal(wantsPlanner(measured({ planner: 'always' }, red)), true);
    assert.equal(planFromPrompt(measured({}, red))?.plan.oracle, undefined, 'no session writes tests');
  });

  test('a check that passes already: the plan is made as without it, and the end names it', () => {
    const state = measured({}, [
      [tests, GREEN],
      [checkGate(), exits(0)],
    ]);
    assert.equal(wantsPlanner(state), false, 'where a check was given, a person is asked what shows the goal');
    assert.deepEqual(planFromPrompt(state)?.refused, ['check-1']);
    const given = measured(GIVEN, [
      [tests, GREEN],
      [checkGate(), exits(0)],
    ]);
    assert.deepEqual([criteria(given), planFromPrompt(given)?.refused], [['f'], ['check-1']]);
  });

  test('held-out checks: they decide beside it, and no session makes a plan or writes tests', () => {
    const state = measured({ ...GIVEN, heldOut: HELD_OUT });
    const plan = planFromPrompt(state)?.plan;
    assert.deepEqual([plan?.heldOut, plan?.oracle, plan?.ownTests], [true, undefined, undefined]);
    assert.equal(wantsPlanner(measured({ heldOut: HELD_OUT })), false);
  });

  test('every red gate known red: the goal begins as in a green repository', () => {
    assert.equal(wantsPlanner(measured({}, [[tests, RED]])), false);
    assert.equal(wantsPlanner(measured({ knownRed: [tests.id] }, [[tests, RED]])), true);
  });

  test('a red gate that nobody names: it may stay as red as it was; without a plan it is the criterion', () => {
    const state = measured(GIVEN, [[tests, RED]]);
    assert.deepEqual(criteria(state), ['f']);
    const made = fold([{ type: 'plan.made', data: planFromPrompt(state) ?? assert.fail() }], state);
    assert.equal(mayStayRed(made, tests), true);
    assert.deepEqual(criteria(measured({}, [[tests, RED]])), [`gate ${tests.id}`]);
  });

  test('the most turns: a session before the work has three all the same', () => {
    const begun = fold([STARTED, ...refused(1), ...refused(2)], measured({ maxAttempts: 1, maxTurns: 1 }));
    assert.deepEqual(next(begun), ['turn:1:3']);
    assert.deepEqual(next(fold(refused(3), begun)), ['attempt-end:1']);
  });

  test('a budget of tokens or dollars: sessions before the work may use a quarter, then no other turn begins', () => {
    const after = (budget: Partial<StoredBudget>, used: Partial<UsageEntry>): readonly string[] =>
      next(
        fold(
          [STARTED, { type: 'usage.recorded', data: { ...NOTHING_USED, ...used } }, ...refused(1)],
          measured({ budget: { ...UNLIMITED, ...budget } }),
        ),
      );
    const usd = { picoUsd: '4000000000000' };
    assert.deepEqual(after(usd, { picoUsd: '999999999999' }), ['turn:1:2']);
    assert.deepEqual(after(usd, { picoUsd: '1000000000000' }), ['attempt-end:1'], 'one dollar of four');
    assert.deepEqual(after({ tokens: '1000' }, { inputTokens: '249' }), ['turn:1:2']);
    assert.deepEqual(after({ tokens: '1000' }, { inputTokens: '250' }), ['attempt-end:1']);
  });

  test('a budget of time: counts from the beginning, planning too, and has no quarter of its own', () => {
    const state = fold([STARTED, ...refused(1)], measured({ budget: { ...UNLIMITED, time: '100s' } }));
    const turns = decide(state);
    assert.deepEqual(
      turns.map(({ key }) => key),
      ['turn:1:2'],
    );
    assert.deepEqual([guard(state, turns, 99n).kind, guard(state, turns, 100n).kind], ['free', 'spent']);
  });

  test('no gate that counts tests: no session makes tests, and a person is asked before an agent is paid', () => {
    const lint = gateSpec({ kind: 'command', reader: 'exit_only' });
    const state = measured({}, [[lint, exits(0)]]);
    assert.equal(wantsPlanner(state), false);
    const made = fold([{ type: 'plan.made', data: planFromPrompt(state) ?? assert.fail() }], state);
    assert.deepEqual(next(made), ['ask:q-criterion-1']);
  });
});
