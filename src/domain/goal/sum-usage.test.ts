import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { UsageEntry } from '../budget/ledger.ts';
import { created } from '../testing/build.ts';
import type { GoalEvent, LoggedEvent } from './event.ts';
import { sumUsage, WAYS, type By } from './sum-usage.ts';

const at = (ts: string, event: GoalEvent): LoggedEvent => ({ ...event, v: 1, seq: 0, ts, prev: '' });
const told = (ts: string, key: string, more: Partial<UsageEntry> = {}): LoggedEvent =>
  at(ts, { type: 'usage.recorded', data: { key, sessionType: 'attempt', name: 'attempt-1', attempt: 1, turn: 1, reporting: 'call', model: 'm-1', inputTokens: '1111', cachedTokens: '333', outputTokens: '222', picoUsd: '7', priced: 'prices', ...more } });
const start = at('2026-01-30T23:00:00.000Z', { type: 'goal.created', data: { ...created(), agent: { name: 'kimi', preset: 'kimi', argv: ['kimi'] } } });
const GOALS = [
  { goal: 'g-2', events: [start, told('2026-01-30T23:59:59.999Z', 'a'), told('2026-01-31T00:00:00.000Z', 'b', { model: null, picoUsd: null, priced: null }), told('2026-01-31T01:00:00.000Z', 'a')] },
  { goal: 'g-1', events: [start, told('2026-01-31T12:00:00.000Z', 'a', { model: 'm-2', inputTokens: null })] },
];
const sums = (by: By, from = 0) => sumUsage(GOALS, by, from).map(({ group, input, output, picoUsd, unknown }) => [group, input, output, picoUsd, unknown]);

test('usage is summed by goal, agent, model and day, each message of a goal once', () => {
  assert.deepEqual(sums('goal'), [['g-1', 0n, 222n, 7n, 0], ['g-2', 2222n, 444n, 7n, 1]]);
  assert.deepEqual(sums('agent'), [['kimi', 2222n, 666n, 14n, 1]]);
  assert.deepEqual(sums('model'), [['m-1', 1111n, 222n, 7n, 0], ['m-2', 0n, 222n, 7n, 0], ['unknown', 1111n, 222n, 0n, 1]]);
  assert.deepEqual(sums('day'), [['2026-01-30', 1111n, 222n, 7n, 0], ['2026-01-31', 1111n, 444n, 7n, 1]]);
});

test('only what was told since is summed, and what was told again since is not new', () => {
  assert.deepEqual(sums('goal', Date.parse('2026-01-31T00:00:00.000Z')), [['g-1', 0n, 222n, 7n, 0], ['g-2', 1111n, 222n, 0n, 1]]);
  for (const by of WAYS) assert.deepEqual(sums(by, Date.parse('2027-01-01')), []);
});

test('what no omk would have recorded is left out, as it is everywhere', () => {
  assert.deepEqual(sumUsage([{ goal: 'g', events: [start, told('2026-01-31T12:00:00.000Z', 'a', { inputTokens: 'many' })] }], 'goal', 0), []);
});
