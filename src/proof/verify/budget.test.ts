import { isRecord } from '../../domain/record.ts';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { UsageEntry } from '../../domain/budget/usage-entry.ts';
import type { GoalEvent } from '../../domain/goal/event.ts';
import { at } from '../format/json.ts';
import { OWNER, bundleOf, failures, readyBundle, verifyFiles } from '../testing/bundle.ts';
import { forge, payloadOf, type Edit } from '../testing/forge.ts';
import { ending, fixedGoal } from '../testing/goal.ts';

const budget = { time: '1h', tokens: '5000', picoUsd: null };
const usage: UsageEntry = {
  key: 's-1#1',
  sessionType: 'attempt',
  name: 'attempt-1',
  attempt: 1,
  turn: 1,
  reporting: 'call',
  model: null,
  inputTokens: '1111',
  cachedTokens: '333',
  outputTokens: '222',
  picoUsd: null,
  priced: null,
};

/** A ready goal with a token budget, one call and two checkpoints. */
async function spentBundle(): Promise<ReadonlyMap<string, Uint8Array>> {
  const goal = fixedGoal();
  const checkpoint = (label: 'goal_created' | 'execute_completed', usedTokens: string): GoalEvent => ({
    type: 'budget.checkpoint',
    data: {
      label,
      status: 'running',
      phase: 'executing',
      at: '2026-01-31T12:00:00.000Z',
      budget,
      elapsedSecs: '3',
      usedTokens,
      usedPicoUsd: '0',
    },
  });
  const events = goal.events.flatMap((event): readonly GoalEvent[] => {
    if (event.type === 'goal.created')
      return [
        { ...event, data: { ...event.data, options: { ...event.data.options, budget } } },
        checkpoint('goal_created', '0'),
      ];
    return event.type === 'turn.ended'
      ? [{ type: 'usage.recorded', data: usage }, event, checkpoint('execute_completed', '1333')]
      : [event];
  });
  return bundleOf(goal, [...events, ending(events, 'ready')]);
}

const set =
  (end: string, value: unknown): Edit =>
  (before, path) =>
    path.join(' ').endsWith(end) ? value : before;

test('the budget, every checkpoint and the bound are part of what is signed', async () => {
  const files = await spentBundle();
  const { predicate } = Object(payloadOf(files, 'budget'));
  assert.deepEqual(predicate.budget, budget);
  assert.deepEqual(predicate.claimed, { tokens: '1333', picoUsd: '0', reports: 1, unknownTokens: 0, unknownCost: 1 });
  assert.deepEqual(predicate.overshoot, {
    attempts: 1,
    stoppedWithinSecs: '5',
    tokens: { per: 'call', atMost: 'unbounded' },
    picoUsd: { per: 'unknown', atMost: 'unbounded' },
  });
  assert.deepEqual(
    predicate.checkpoints.map((each: unknown) => [at(each, 'label'), at(each, 'usedTokens')]),
    [
      ['goal_created', '0'],
      ['execute_completed', '1333'],
    ],
  );
  const report = await verifyFiles(files);
  assert.deepEqual([report.reached, failures(report)], ['V0', []]);
});

test('a budget statement with another budget, use, checkpoint or bound than the log shows is E_BUDGET', async () => {
  const files = await spentBundle();
  const forged: readonly Edit[] = [
    set('budget tokens', '9999'),
    set('claimed tokens', '1332'),
    set('claimed reports', 0),
    set('elapsedSecs', '1'),
    set('tokens atMost', '1'),
    set('tokens per', 'turn'),
    set('checkpoints 1 usedTokens', '1'),
    (value, path) => (path.join(' ') === 'predicate checkpoints' && Array.isArray(value) ? value.slice(0, 1) : value),
  ];
  for (const edit of forged) {
    const report = await verifyFiles(forge(files, OWNER, { statements: { budget: edit } }));
    assert.deepEqual([report.reached, failures(report)], ['none', ['E_BUDGET']]);
  }
});

test('a bundle without its budget statement is E_BUDGET', async () => {
  const { files } = await readyBundle();
  assert.deepEqual(failures(await verifyFiles(forge(files, OWNER, { statements: { budget: undefined } }))), [
    'E_BUDGET',
  ]);
});

test('a log with a checkpoint that says more than was told, or with a report taken out, is E_BUDGET', async () => {
  const files = await spentBundle();
  const more = (events: readonly unknown[]): readonly unknown[] =>
    events.map((event) => {
      const data = at(event, 'data');
      return at(data, 'label') === 'execute_completed' && isRecord(event) && isRecord(data)
        ? { ...event, data: { ...data, usedTokens: '1334' } }
        : event;
    });
  const less = (events: readonly unknown[]): readonly unknown[] =>
    events.filter((event) => at(event, 'type') !== 'usage.recorded');
  for (const log of [more, less]) {
    const report = await verifyFiles(forge(files, OWNER, { log }));
    assert.ok(failures(report).includes('E_BUDGET'), failures(report).join(' '));
    assert.equal(report.reached, 'none');
  }
});
