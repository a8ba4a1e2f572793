import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { fc } from '../testing/fast-check.ts';
import { forecast, forecastSentence } from './forecast.ts';
import { U64_MAX } from './integer.ts';
import { count, deltaOf, EMPTY_LEDGER, wrongEntry, type Ledger } from './ledger.ts';
import type { UsageEntry } from './usage-entry.ts';
import { dollars } from './money.ts';
import { backoffMs, resetTime } from './reset-time.ts';

const entry = (key: string, more: Partial<UsageEntry> = {}): UsageEntry => ({
  key,
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
  ...more,
});
const entries = fc.array(
  fc
    .record({
      key: fc.constantFrom('a', 'b', 'c', 'd'),
      inputTokens: fc.option(fc.bigInt({ min: 0n, max: U64_MAX }).map(String)),
      outputTokens: fc.option(fc.nat().map(String)),
      picoUsd: fc.option(fc.nat().map(String)),
    })
    .map(({ key, ...more }) => entry(key, more)),
);
const fold = (list: readonly UsageEntry[]): Ledger => list.reduce(count, EMPTY_LEDGER);

suite('the ledger', () => {
  test('counts input with what was cached, and output, of each message once', () => {
    const twice = fold([entry('s#1'), entry('s#2'), entry('s#1', { inputTokens: '9' })]);
    assert.equal(twice.tokens, 2666n);
    assert.equal(twice.unknownCost, 2);
    assert.match(wrongEntry(twice, entry('s#1')) ?? '', /counted already/);
    assert.match(wrongEntry(twice, entry('s#3', { inputTokens: '-1' })) ?? '', /is none/);
  });

  test('whatever is told twice, in whatever order, changes nothing twice; sums never wrap', () => {
    fc.assert(
      fc.property(entries, (list) => {
        const once = fold(list);
        const twice = fold([...list, ...list]);
        assert.deepEqual([{ ...twice, told: [...twice.told] }], [{ ...once, told: [...once.told] }]);
        assert.ok(new Set([...once.told].map((each) => each.key)).size === once.told.size);
        assert.ok(once.tokens <= U64_MAX && once.tokens >= 0n && once.picoUsd >= 0n);
      }),
    );
  });

  test('takes any sum of money an agent claims, and stays at the largest', () => {
    const most = String(10n ** 320n);
    const dear = entry('s#1', { picoUsd: most, totalPicoUsd: most, priced: 'agent' });
    assert.equal(wrongEntry(EMPTY_LEDGER, dear), null, 'a figure that is refused would stop whoever records it');
    const twice = fold([dear, { ...dear, key: 's#2' }]);
    assert.ok(Number.isFinite(Number(dollars(twice.picoUsd))));
    assert.equal(fold([dear, { ...dear, key: 's#2' }, { ...dear, key: 's#3' }]).picoUsd, twice.picoUsd);
  });

  test('a retry erases nothing: entries of another attempt add', () => {
    assert.equal(fold([entry('s1#1'), entry('s2#1', { attempt: 2 })]).tokens, 2666n);
  });

  test('makes deltas of running totals', () => {
    assert.equal(deltaOf(5n, 8n), 3n);
    assert.equal(deltaOf(5n, 2n), 2n);
  });
});

suite('forecast', () => {
  test('says what runs out first, when, and at which task', () => {
    const limits = { time: { text: '10h', secs: 36_000n }, tokens: 300_000n, picoUsd: null };
    const found = forecast(limits, { secs: 1200n, tokens: 176_500n, picoUsd: 0n }, { done: 3, total: 8 });
    assert.ok(found);
    assert.equal(forecastSentence(found, 8), 'at this rate tokens run out in 13 min, at about task 6 of 8');
    const page = forecast(
      { ...limits, tokens: 440_000n },
      { secs: 1800n, tokens: 300_000n, picoUsd: 0n },
      { done: 3, total: 8 },
    );
    assert.equal(page && forecastSentence(page, 8), 'at this rate tokens run out in 14 min, at about task 5 of 8');
    const usd = forecast(
      { time: null, tokens: null, picoUsd: 4n },
      { secs: 60n, tokens: 9n, picoUsd: 2n },
      { done: 0, total: 1 },
    );
    assert.equal(usd && forecastSentence(usd, 1), 'at this rate dollars run out in 60 s');
    assert.equal(
      forecast(
        { time: null, tokens: null, picoUsd: null },
        { secs: 1n, tokens: 1n, picoUsd: 1n },
        { done: 0, total: 1 },
      ),
      null,
    );
    assert.equal(
      forecast({ ...limits, time: null }, { secs: 0n, tokens: 0n, picoUsd: 0n }, { done: 0, total: 1 }),
      null,
    );
  });
});

suite('usage limits', () => {
  const now = Date.parse('2026-01-31T12:00:00Z');
  const at = (text: string): string | null => {
    const found = resetTime(text, now);
    return found === null ? null : new Date(found).toISOString();
  };

  test('say when they end in many ways', () => {
    assert.equal(at('429 Too Many Requests, retry-after: 30'), '2026-01-31T12:00:30.000Z');
    assert.equal(at('rate limit: try again in 1m 20s'), '2026-01-31T12:01:20.000Z');
    assert.equal(at('usage limit, limit resets at 2026-01-31T15:00:00Z'), '2026-01-31T15:00:00.000Z');
    assert.equal(at('Claude AI usage limit reached|1769868000'), '2026-01-31T14:00:00.000Z');
    assert.equal(at('You hit your limit. Limit resets at 3pm (UTC)'), '2026-01-31T15:00:00.000Z');
    assert.equal(at('limit resets at 9:30'), '2026-02-01T09:30:00.000Z');
    assert.equal(at('quota exceeded, please wait 2 hours'), '2026-01-31T14:00:00.000Z');
  });

  test('that do not say, or say nonsense, are not guessed', () => {
    for (const text of ['429', 'rate limited', 'resets at 2020-01-01T00:00:00Z', 'retry after 99999999 days', ''])
      assert.equal(at(text), null, text);
    fc.assert(fc.property(fc.string(), (text) => (resetTime(text, now) ?? now) >= now));
  });

  test('back off longer each time, within bounds', () => {
    assert.deepEqual([0, 1, 2, 9, 1e9, -1].map(backoffMs), [30_000, 60_000, 120_000, 900_000, 900_000, 30_000]);
  });
});
