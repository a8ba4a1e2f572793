import assert from 'node:assert/strict';
import { suite, test, type TestContext } from 'node:test';
import { decide } from '../../domain/decide/decide.ts';
import type { GoalEvent, GoalOptions } from '../../domain/goal/event.ts';
import {
  BLOB,
  gateSpec,
  measurement,
  policyOf,
  shows,
  turnEnded,
  BASE,
  tree,
  snapshotOf,
} from '../../domain/testing/build.ts';
import { guard } from '../../domain/decide/budget.ts';
import { stopwatch } from '../budget/elapsed.ts';
import { goalUnderTest, NOON, type GoalUnderTest } from '../testing/goal.ts';
import { wait } from './wait.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const baseline = (round: 1 | 2): GoalEvent => ({
  type: 'gate.measured',
  data: measurement({ purpose: 'baseline', round, tree: BASE, ...shows({ passed: ['adds'], failed: ['subtracts'] }) }),
});
const PLANNED: readonly GoalEvent[] = [
  { type: 'policy.resolved', data: { policy: policyOf(gateSpec()) } },
  { type: 'dependencies.prepared', data: { layer: null, detail: 'none' } },
  baseline(1),
  baseline(2),
  {
    type: 'plan.made',
    data: {
      plan: {
        criteria: [{ id: 'c1', text: 'green', kind: 'test', gate: 'test' }],
        tasks: [{ id: 't1', title: 'x', brief: 'x', needs: [], writes: [], criteria: ['c1'] }],
      },
      refused: [],
    },
  },
  { type: 'attempt.started', data: { attempt: 1, task: 't1', worktree: '/w' } },
];
/** A turn that met the agent's limit. */
const met = (
  turn: number,
  detail: string,
  reason: 'usage_limit' | 'overloaded' = 'usage_limit',
  said?: true,
): readonly GoalEvent[] => [
  { type: 'turn.started', data: { attempt: 1, turn, prompt: BLOB } },
  { type: 'turn.ended', data: turnEnded(1, turn, { kind: 'unavailable', reason, detail, ...(said ? { said } : {}) }) },
  { type: 'snapshot.taken', data: { attempt: 1, turn, snapshot: snapshotOf(tree('base')) } },
];

const limited = (t: TestContext, detail: string, options: Partial<GoalOptions> = {}): Promise<GoalUnderTest> =>
  goalUnderTest(t, options, [...PLANNED, ...met(1, detail)]);

/** Does what `decide` says as long as it is to wait; how long each step of the waiting was, in milliseconds. */
async function waits(
  goal: GoalUnderTest,
  {
    stop = new AbortController().signal,
    during = () => undefined,
  }: { stop?: AbortSignal; during?: (step: number) => unknown } = {},
): Promise<readonly number[]> {
  const { session, clock } = goal;
  const slept: number[] = [];
  const [intent] = decide(session.state);
  assert.equal(intent?.kind, 'wait');
  if (intent?.kind !== 'wait') return slept;
  const elapsed = stopwatch({ clock }, session);
  await wait({ world: { clock }, session, signal: stop, elapsed, notify: () => undefined }, intent, async (ms) => {
    slept.push(ms);
    clock.advance(ms);
    during(slept.length);
  });
  return slept;
}

suite('a usage limit of the agent', () => {
  test('with a reset time is waited for until then, in small steps, and the next turn is of the same attempt', async (t) => {
    const goal = await limited(t, '429: limit resets at 2026-01-31T12:30:00Z');
    const slept = await waits(goal);
    assert.equal(goal.clock.now(), NOON + 30 * MINUTE);
    assert.ok(slept.every((ms) => ms <= 1000));
    const [only] = goal.session.state.waits;
    assert.deepEqual([only?.until, only?.told, only?.waitedMs], ['2026-01-31T12:30:00.000Z', 'agent', 30 * MINUTE]);
    assert.deepEqual(
      decide(goal.session.state).map((intent) => intent.key),
      ['turn:1:2'],
      'not a failure: the attempt goes on',
    );
  });

  test('without a reset time is waited for longer each time, up to a quarter of an hour', async (t) => {
    const goal = await limited(t, '429 Too Many Requests');
    const lengths: number[] = [];
    for (let turn = 2; turn <= 8; turn++) {
      const before = goal.clock.now();
      await waits(goal);
      lengths.push(goal.clock.now() - before);
      await goal.session.append(...met(turn, '429 Too Many Requests'));
    }
    assert.deepEqual(lengths, [30_000, 60_000, 120_000, 240_000, 480_000, 900_000, 900_000]);
    assert.ok(goal.session.state.waits.every((each) => each.told === 'backoff'));
  });

  test('that only a sentence tells never ends the goal alone: the agent is tried again, and fails then', async (t) => {
    const sentence = "You've hit your usage limit. Try again in 4 days.";
    const goal = await goalUnderTest(t, {}, [...PLANNED, ...met(1, sentence, 'usage_limit', true)]);
    const lengths: number[] = [];
    for (let turn = 2; goal.session.state.status === 'running'; turn++) {
      const before = goal.clock.now();
      await waits(goal);
      lengths.push(goal.clock.now() - before);
      if (goal.session.state.status === 'running')
        await goal.session.append(...met(turn, sentence, 'usage_limit', true));
    }
    assert.deepEqual(lengths, [30_000, 60_000, 120_000, 0]);
    assert.equal(goal.session.state.status, 'failed_infra');
    assert.deepEqual(goal.session.state.ended?.failure?.code, 'AGENT_FAILED');
    assert.match(goal.session.state.ended?.failure?.text ?? '', /reads like a usage limit: You've hit/);
    const patient = await goalUnderTest(t, { maxWaitMs: 0 }, [...PLANNED, ...met(1, 'x', 'overloaded', true)]);
    for (let turn = 2; turn <= 4; turn++) {
      await waits(patient);
      await patient.session.append(...met(turn, 'x', 'overloaded', true));
    }
    const [last] = decide(patient.session.state);
    assert.match(JSON.stringify(last), /failed_infra.*AGENT_FAILED/);
  });

  test('past the maximum ends the goal in blocked_on_external, at once where the agent says so', async (t) => {
    const goal = await limited(t, 'limit resets in 7 hours');
    assert.deepEqual(await waits(goal), []);
    assert.deepEqual(
      [goal.session.state.status, goal.session.state.ended?.failure?.code],
      ['blocked_on_external', 'AGENT_USAGE_LIMIT'],
    );
    const patient = await limited(t, 'limit resets in 7 hours', { maxWaitMs: 8 * HOUR });
    await waits(patient);
    assert.deepEqual([patient.session.state.status, patient.clock.now() - NOON], ['running', 7 * HOUR]);
  });

  test('past the maximum without a reset time waits no longer than the maximum in all, then ends the goal', async (t) => {
    const goal = await limited(t, '429', { maxWaitMs: 100_000 });
    for (let turn = 2; decide(goal.session.state)[0]?.kind === 'wait'; turn++) {
      await waits(goal);
      await goal.session.append(...met(turn, '429'));
    }
    assert.equal(goal.clock.now() - NOON, 100_000, '30 s, 60 s, and the 10 s that were left');
    const [last] = decide(goal.session.state);
    assert.equal(
      last?.kind === 'record' && last.event.type === 'goal.ended' && last.event.data.status,
      'blocked_on_external',
    );
  });

  test('counts against the time budget: it stops waiting when that is spent, and the goal needs more', async (t) => {
    const goal = await limited(t, 'limit resets in 2 hours', { budget: { time: '20m', tokens: null, picoUsd: null } });
    await waits(goal);
    assert.equal(goal.clock.now() - NOON, 20 * MINUTE);
    const elapsed = stopwatch({ clock: goal.clock }, goal.session);
    const hit = guard(goal.session.state, decide(goal.session.state), elapsed());
    assert.deepEqual(hit.kind === 'spent' && [hit.action, hit.exhaustion.source], ['turn', 'time']);
  });

  test('is no turn of the agent: with one turn allowed the next one is still had', async (t) => {
    const goal = await limited(t, 'retry after 5 s', { maxTurns: 1, maxAttempts: 1 });
    await waits(goal);
    assert.deepEqual(
      decide(goal.session.state).map((intent) => intent.kind),
      ['run_turn'],
    );
  });

  test('that is interrupted by a stop is still open, and goes on until the same time', async (t) => {
    const goal = await limited(t, 'limit resets at 2026-01-31T12:30:00Z');
    const stop = new AbortController();
    stop.abort();
    await waits(goal, { stop: stop.signal });
    assert.deepEqual(
      goal.session.state.waits.map((each) => each.waitedMs),
      [null],
    );
    await waits(goal);
    assert.deepEqual([goal.clock.now() - NOON, goal.session.state.waits.length], [30 * MINUTE, 1]);
  });

  test('is over when the clock on the wall says so, for a machine that slept; one that is set back makes it no longer', async (t) => {
    const slept = await limited(t, 'limit resets at 2026-01-31T12:30:00Z');
    assert.equal((await waits(slept, { during: (step) => step === 10 && slept.clock.set(NOON + HOUR) })).length, 10);
    const back = await limited(t, 'limit resets at 2026-01-31T12:30:00Z');
    assert.equal((await waits(back, { during: (step) => step === 10 && back.clock.set(NOON - HOUR) })).length, 30 * 60);
    assert.deepEqual(
      back.session.state.waits.map((each) => each.waitedMs),
      [30 * MINUTE],
    );
  });
});

suite('a service that does not answer', () => {
  const overloaded = (t: TestContext, detail: string, options: Partial<GoalOptions> = {}): Promise<GoalUnderTest> =>
    goalUnderTest(t, options, [...PLANNED, ...met(1, detail, 'overloaded')]);

  test('is waited for like a limit, for as long as it says or longer each time, and the attempt goes on', async (t) => {
    const goal = await overloaded(t, '529 {"retry-after":"45"}', { maxTurns: 1, maxAttempts: 1 });
    await waits(goal);
    await goal.session.append(...met(2, 'read ECONNRESET', 'overloaded'));
    await waits(goal);
    assert.deepEqual(
      goal.session.state.waits.map(({ why, told, waitedMs }) => [why, told, waitedMs]),
      [
        ['overloaded', 'agent', 45_000],
        ['overloaded', 'backoff', 60_000],
      ],
    );
    assert.deepEqual(
      decide(goal.session.state).map((intent) => intent.key),
      ['turn:1:3'],
    );
  });

  test('for an hour in all ends the goal in blocked_on_external, whatever wait a limit may have', async (t) => {
    const goal = await overloaded(t, '503', { maxWaitMs: 24 * HOUR });
    for (let turn = 2; decide(goal.session.state)[0]?.kind === 'wait'; turn++) {
      await waits(goal);
      await goal.session.append(...met(turn, '503', 'overloaded'));
    }
    assert.equal(goal.clock.now() - NOON, HOUR);
    const [last] = decide(goal.session.state);
    assert.equal(
      last?.kind === 'record' && last.event.type === 'goal.ended' && last.event.data.failure?.code,
      'AGENT_OVERLOADED',
    );
  });
});

test('a wait is shown with its reset time in what is recorded', async (t) => {
  const goal = await limited(t, 'limit resets at 2026-01-31T12:30:00Z');
  await waits(goal);
  const started = goal.notices.flatMap((notice) =>
    notice.kind === 'event' && notice.event.type === 'wait.started' ? [notice.event.data] : [],
  );
  assert.deepEqual(
    started.map(({ until, told, detail }) => [until, told, detail]),
    [['2026-01-31T12:30:00.000Z', 'agent', 'limit resets at 2026-01-31T12:30:00Z']],
  );
});
