import assert from 'node:assert/strict';
import { suite, test, type TestContext } from 'node:test';
import type { UsageReport } from '../../domain/budget/report.ts';
import type { Prices } from '../../world/prices/port.ts';
import { goalUnderTest } from '../testing/goal.ts';
import { UsageRecorder } from './record.ts';

/** A pico-dollar a token for the one model that is known. */
const prices: Prices = {
  source: 'a test',
  cost: async (model, { input, output }) =>
    model === 'known' ? { picoUsd: BigInt(input + output), priced: 'prices' } : null,
};
const told = (message: string, more: Partial<UsageReport> = {}): UsageReport => ({
  message,
  scope: 'turn',
  reporting: 'call',
  model: 'known',
  inputTokens: 1111,
  cachedTokens: 333,
  outputTokens: 222,
  totalPicoUsd: null,
  costToldElsewhere: false,
  ...more,
});

async function ledger(t: TestContext, turns: readonly (readonly UsageReport[])[], session: string | null = 's-1') {
  const { session: goal, reopen } = await goalUnderTest(t, {});
  for (const [index, reports] of turns.entries()) {
    const recorder = new UsageRecorder({ prices }, goal, { attempt: 1, turn: index + 1 });
    for (const report of reports) recorder.add('s-1', [report]);
    await recorder.settle(session);
  }
  return (await reopen()).state.budget.ledger;
}

suite('what an agent tells becomes deltas of the ledger', () => {
  test('each message once, however often it is told: a replayed session of a resume counts nothing twice', async (t) => {
    const found = await ledger(t, [
      [told('main:1', { scope: 'session' }), told('main:2', { scope: 'session' })],
      [
        told('main:1', { scope: 'session' }),
        told('main:2', { scope: 'session' }),
        told('main:3', { scope: 'session' }),
      ],
    ]);
    assert.deepEqual(
      [found.tokens, found.picoUsd, [...found.told].map((each) => each.key)],
      [3999n, 3999n, ['s-1#main:1', 's-1#main:2', 's-1#main:3']],
    );
  });

  test('names that are unique only in a turn are not taken for each other in the next', async (t) => {
    assert.equal((await ledger(t, [[told('answer')], [told('answer')]])).tokens, 2666n);
  });

  test('a cost that is told as the total of the session becomes what is new, over turns', async (t) => {
    const total = (n: bigint) =>
      told(`cost-${n}`, { inputTokens: 0, outputTokens: 0, cachedTokens: 0, totalPicoUsd: n, scope: 'session' });
    const found = await ledger(t, [
      [total(5n), total(9n)],
      [total(9n), total(12n)],
    ]);
    const anew = await ledger(t, [[total(5n), total(9n)], [total(3n), total(4n)], [total(8n)]]);
    assert.deepEqual(
      [...anew.told].map((each) => each.picoUsd),
      ['5', '4', '3', '1', '4'],
      'a session that counts anew is counted from there',
    );
    assert.deepEqual([found.picoUsd, [...found.told].map((each) => each.picoUsd)], [12n, ['5', '4', '3']]);
  });

  test('what comes in while one append is under way is one append, so that a flood is recorded as fast as it is told', async (t) => {
    const { session: goal, notices, store } = await goalUnderTest(t, {});
    let appends = 0;
    const recorder = new UsageRecorder({ prices }, goal, { attempt: 1, turn: 1 }, () => void (appends += 1));
    for (let n = 0; n < 2_000; n++) recorder.add('s-1', [told(`call-${n}`)]);
    await recorder.settle('s-1');
    assert.equal(goal.state.budget.ledger.told.size, 2_000);
    assert.ok(appends <= 3, `${appends} appends`);
    const lines = await store.read(goal.goal);
    assert.equal(lines.filter(({ event }) => event.type !== 'state.checkpoint').length, 2_001);
    assert.equal(
      notices.filter((notice) => notice.kind === 'event' && notice.event.type === 'usage.recorded').length,
      2_000,
      'each is told',
    );
  });

  test('a cost that is told for each call is its own', async (t) => {
    const found = await ledger(t, [
      [told('a', { picoUsd: 7n }), told('b', { picoUsd: 5n, model: 'new' })],
      [told('a', { picoUsd: 1n })],
    ]);
    assert.deepEqual(
      [found.picoUsd, found.unknownCost, [...found.told].map((each) => each.priced)],
      [13n, 0, ['agent', 'agent', 'agent']],
    );
  });

  test('a sum no wallet holds is a claim like any other', async (t) => {
    const found = await ledger(t, [[told('cost', { inputTokens: 0, outputTokens: 0, totalPicoUsd: 10n ** 312n })]]);
    assert.equal(found.picoUsd, 10n ** 312n);
  });

  test('a model nobody has a price for costs unknown, never nothing', async (t) => {
    const found = await ledger(t, [[told('a', { model: 'new' }), told('b', { model: null }), told('c')]]);
    assert.deepEqual([found.unknownCost, found.picoUsd, found.unknownTokens], [2, 1333n, 0]);
  });

  test('a turn that told nothing is unknown, once; one that never had a session is nothing', async (t) => {
    const found = await ledger(t, [[], [told('a')]]);
    assert.deepEqual([found.unknownTokens, found.unknownCost, found.told.size], [1, 1, 2]);
    assert.equal((await ledger(t, [[]], null)).told.size, 0);
  });
});
