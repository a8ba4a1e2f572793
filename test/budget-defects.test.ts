import { slow } from '../src/world/gates/testing/tools.ts';
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { extend } from '../src/domain/budget/extend.ts';
import { limitsOf, storeLimits } from '../src/domain/budget/figures.ts';
import { parseUsd } from '../src/domain/budget/money.ts';
import { newBudget } from '../src/domain/budget/create.ts';
import { created } from '../src/domain/testing/build.ts';
import { guard } from '../src/domain/decide/budget.ts';
import { costSessions } from '../src/domain/goal/cost-sessions.ts';
import { fold } from '../src/domain/transition/evolve.ts';
import { fitting } from '../src/domain/decide/fitting.ts';
import type { GoalEvent, LoggedEvent } from '../src/domain/goal/event.ts';
import type { Intent } from '../src/domain/goal/intent.ts';
import type { UsageEntry } from '../src/domain/budget/usage-entry.ts';
import { quotaTokens } from '../src/world/agents/usage/tokens.ts';
import { javascript } from './support/ecosystems.ts';
import { machine, parseRun } from './support/machine.ts';

const GOAL = 'Make the red test green';
const fix = { edit: { path: javascript.subject, find: javascript.bug, replace: javascript.fix } };
const used = (input: number, output: number, more: object = {}): unknown => ({
  usage: { input, output, told: 'call', ...more },
});
const entry = (key: string, more: Partial<UsageEntry> = {}): GoalEvent => ({
  type: 'usage.recorded',
  data: {
    key,
    sessionType: 'attempt',
    name: 'attempt-1',
    attempt: 1,
    turn: 1,
    reporting: 'call',
    model: null,
    inputTokens: '100',
    cachedTokens: null,
    outputTokens: '10',
    picoUsd: null,
    priced: null,
    ...more,
  },
});
const start = (attempt: number): Intent => ({
  key: `attempt:${attempt}`,
  kind: 'start_attempt',
  attempt,
  task: `t${attempt}`,
});
const logged = (events: readonly GoalEvent[]): readonly LoggedEvent[] =>
  events.map((event, seq) => ({ ...event, v: 1, seq, ts: '2026-01-31T12:00:00.000Z', prev: '' }));

suite('0.5.0 defects, none of which omk has', () => {
  test('usage erased by a retry; budget checks summed as spending (spent_* grew with every look)', async (t) => {
    const m = await machine(t, javascript.files);
    const agent = m.agent({ turns: [{ steps: [used(100, 10), { say: 'done' }] }], then: 'repeat_last' });
    const run = parseRun(await m.omk(['run', '--json', '--max-attempts', '2', '--agent', agent, GOAL]));
    assert.equal(run.events.filter((event) => event.type === 'attempt.started').length, 2);
    const looks = [];
    for (let i = 0; i < 3; i++) looks.push(JSON.parse((await m.omk(['goal', 'budget', run.goal, '--json'])).out));
    assert.deepEqual(
      looks.map((each) => [each.used_tokens, each.spent_tokens]),
      Array(3).fill([220, 220]),
    );
  });

  test('only one spelling of the usage event counted', () => {
    const tokens = { inputTokens: 1111, cachedTokens: 0, outputTokens: 222 };
    assert.deepEqual(
      [quotaTokens({ inputTokens: 1111, outputTokens: 222 }), quotaTokens({ input_tokens: 1111, output_tokens: 222 })],
      [tokens, tokens],
    );
  });

  test('limits tested only between steps', async (t) => {
    const m = await machine(t, javascript.files);
    const run = parseRun(
      await m.omk([
        'run',
        '--json',
        '--budget-tokens',
        '1000',
        '--agent',
        m.agent({ turns: [{ steps: [used(2000, 0), { hang: {} }] }] }),
        GOAL,
      ]),
    );
    const ended = run.events.find((event) => event.type === 'turn.ended')?.data;
    assert.deepEqual(
      [run.status, Object(ended?.['outcome']).kind],
      ['needs_more_budget', 'cancelled'],
      'the turn would have hung for ever',
    );
  });

  test('planner and reviewer calls uncounted', () => {
    const events: readonly GoalEvent[] = [
      { type: 'goal.created', data: created() },
      entry('p', { sessionType: 'planner', name: 'planner-1' }),
      entry('r', { sessionType: 'reviewer', name: 'reviewer-1' }),
    ];
    assert.equal(fold(events).budget.ledger.tokens, 220n);
    assert.deepEqual(
      costSessions(logged(events)).map((each) => each.sessionType),
      ['planner', 'reviewer'],
    );
  });

  test('USD truncated to cents in storage', () => {
    const given = newBudget({ time: null, tokens: null, usd: '0.000001' });
    assert.deepEqual(given.kind === 'budget' && given.budget.picoUsd, '1000000');
    const limits = { time: null, tokens: null, picoUsd: parseUsd('1') };
    const added = extend(limits, { secs: 0n, tokens: 0n, picoUsd: 0n }, { time: null, tokens: null, usd: '0.000001' });
    assert.equal(added.kind === 'extended' && storeLimits(added.limits).picoUsd, '1000001000000');
    const state = fold([
      { type: 'goal.created', data: created() },
      entry('a', { picoUsd: '1' }),
      entry('b', { picoUsd: '2' }),
    ]);
    assert.equal(state.budget.ledger.picoUsd, 3n);
  });

  test('USD addition unchecked (infinite)', () => {
    const none = { secs: 0n, tokens: 0n, picoUsd: 0n };
    const add = (usd: string) =>
      extend({ time: null, tokens: null, picoUsd: parseUsd('1e308') }, none, { time: null, tokens: null, usd });
    for (const usd of ['Infinity', '1e309', 'NaN']) assert.equal(add(usd).kind, 'refused', usd);
    const over = add('1e308');
    assert.equal(over.kind === 'refused' && over.text, 'Goal USD budget overflowed');
  });

  test('an unparsable stored duration meant no limit', () => {
    assert.equal(limitsOf({ time: 'soon', tokens: null, picoUsd: null }).kind, 'invalid');
    const state = fold([
      { type: 'goal.created', data: created({ budget: { time: 'soon', tokens: null, picoUsd: null } }) },
    ]);
    assert.deepEqual(guard(state, [start(1)], 0n), { kind: 'invalid', text: 'Invalid budget duration: soon' });
  });

  test('two tasks of a wave both admitted with room for one', () => {
    const plan = {
      criteria: [],
      tasks: ['t1', 't2'].map((id) => ({ id, title: '', brief: '', needs: [], writes: [], criteria: [] })),
    };
    const begun = fold([
      { type: 'goal.created', data: created({ budget: { time: null, tokens: '300', picoUsd: null } }) },
      entry('a'),
    ]);
    // A log refuses a plan of two tasks until such plans can run.
    const state = { ...begun, plan };
    assert.deepEqual(
      fitting(state, [start(1), start(2)], 0n).map((each) => each.key),
      ['attempt:1'],
      '190 are left, each reserves 110',
    );
  });

  test('four price tables', () => {
    const src = join(import.meta.dirname, '..', 'src');
    const users = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter(
      (name) =>
        name.endsWith('.ts') &&
        !name.endsWith('.test.ts') &&
        /genai-prices'/.test(readFileSync(join(src, name), 'utf8')),
    );
    assert.deepEqual(users, [join('world', 'prices', 'open.ts')], 'one list, read in one place');
  });
});

test('what is spent exactly at the boundary is spent, before, in and after a turn', { skip: slow }, async (t) => {
  const m = await machine(t, javascript.files);
  const run = async (budget: readonly string[], steps: readonly unknown[], name: string) =>
    parseRun(await m.omk(['run', '--json', ...budget, '--agent', m.agent({ turns: [{ steps }] }, name), GOAL]));
  const told = await run(['--budget-tokens', '1000'], [used(600, 400, { told: 'turn' }), fix, { say: 'done' }], 'turn');
  assert.deepEqual(
    [told.status, told.events.findLast((event) => event.type === 'budget.exhausted')?.data?.['usedTokens']],
    ['needs_more_budget', '1000'],
  );
  const cost = await run(['--budget-usd', '0.0003'], [used(1, 1, { cost_usd: 0.0003 }), { hang: {} }], 'usd');
  assert.deepEqual(
    [cost.status, cost.events.findLast((event) => event.type === 'budget.exhausted')?.data?.['source']],
    ['needs_more_budget', 'cost'],
  );
});
