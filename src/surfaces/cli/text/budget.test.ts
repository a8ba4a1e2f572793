import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { UsageEntry } from '../../../domain/budget/ledger.ts';
import type { GoalEvent } from '../../../domain/goal/event.ts';
import { fold } from '../../../domain/goal/evolve.ts';
import { created } from '../../../domain/testing/build.ts';
import { bar, budgetLine, budgetNotes, budgetRows } from './budget.ts';

const LIMITS = { time: { text: '120m', secs: 7200n }, tokens: 65_536n, picoUsd: 2_500_000_000_000n };
const USED = { secs: 1800n, tokens: 82_000n, picoUsd: 1_000_000_500_000n };

suite('the rows', () => {
  test('say what was used of what, what is left, and the part that is spent in thousandths', () => {
    assert.deepEqual(budgetRows(LIMITS, USED), [
      { name: 'time', used: '30m 00s', total: '120m', left: '1h 30m left', spent: 250 },
      { name: 'tokens', used: '82,000', total: '65,536', left: '0 left', spent: 1000 },
      { name: 'USD', used: '$1.000001', total: '$2.500000', left: '$1.500000 left', spent: 400 },
    ]);
  });

  test('of budgets without a limit say so', () => {
    assert.deepEqual(budgetRows({ time: null, tokens: null, picoUsd: null }, USED).map(({ total, spent }) => [total, spent]), Array(3).fill(['no limit', null]));
  });

  test('a bar is full only when all is spent', () => {
    assert.deepEqual([0, 249, 999, 1000].map(bar), ['[....................] 0 %', '[####................] 24 %', '[###################.] 99 %', '[####################] 100 %']);
  });
});

const tasks = Array.from({ length: 8 }, (_, index) => ({ id: `t${index + 1}`, title: '', brief: '', needs: [], writes: [], criteria: [] }));
const accepted = (attempt: number): readonly GoalEvent[] => [
  { type: 'attempt.started', data: { attempt, task: `t${attempt}`, worktree: '/w' } },
  { type: 'attempt.ended', data: { attempt, why: 'accepted' } },
];
const usage = (more: Partial<UsageEntry>): GoalEvent => ({
  type: 'usage.recorded',
  data: { key: 's#1', sessionType: 'attempt', name: 'attempt-1', attempt: 1, turn: 1, reporting: 'call', model: 'm', inputTokens: '300000', cachedTokens: null, outputTokens: null, picoUsd: '5', priced: 'prices', ...more },
});
const state = (budget: { readonly tokens: string | null; readonly picoUsd: string | null }, ...events: readonly GoalEvent[]) =>
  fold([{ type: 'goal.created', data: created({ budget: { time: null, ...budget } }) }, { type: 'plan.made', data: { plan: { criteria: [], tasks }, refused: [] } }, ...accepted(1), ...accepted(2), ...accepted(3), ...events]);

suite('the notes', () => {
  test('say what the rate so far leads to, how far the limit can be passed, and whose claim it is', () => {
    const goal = state({ tokens: '440000', picoUsd: null }, usage({}));
    assert.deepEqual(budgetNotes(goal, { time: null, tokens: 440_000n, picoUsd: null }, 1800n, 'a list of a day'), [
      'at this rate tokens run out in 14 min, at about task 5 of 8',
      'overshoot: past the token limit by at most one model call: 300000 tokens; a turn is stopped within 5 s of a crossed limit',
      'usage is claimed by the agent; prices: a list of a day',
    ]);
  });

  test('say what is unknown, that a USD budget cannot bind then, and how to set a price', () => {
    const goal = state({ tokens: null, picoUsd: '5' }, usage({ inputTokens: null, picoUsd: null, priced: null, reporting: 'unknown', model: 'new-model' }));
    const notes = budgetNotes(goal, { time: null, tokens: null, picoUsd: 5n }, 1n, 'p');
    assert.deepEqual(notes.slice(0, 3), [
      'tokens of 1 report are unknown: the agent does not tell them',
      'cost of 1 report is unknown (new-model)',
      'the USD budget cannot bind while a cost is unknown: set [prices."<model>"] input and output (dollars for a million tokens) in your config.toml',
    ]);
  });

  test('forecast nothing for a goal that does not run', () => {
    const goal = state({ tokens: '440000', picoUsd: null }, usage({}), { type: 'goal.paused', data: { why: 'x' } });
    assert.ok(!budgetNotes(goal, { time: null, tokens: 440_000n, picoUsd: null }, 1800n, 'p').some((note) => note.startsWith('at this rate')));
  });
});

test('one line for the live view, none where there is nothing to say', () => {
  assert.equal(budgetLine(state({ tokens: '440000', picoUsd: '10' }, usage({})), 5n), 'budget: tokens 300,000 of 440,000 (68 %) · USD $0.000000 of $0.000000 (50 %)');
  assert.equal(budgetLine(state({ tokens: null, picoUsd: null }), 5n), null);
});
