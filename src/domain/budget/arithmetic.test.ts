import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { fc } from '../testing/fast-check.ts';
import { newBudget } from './create.ts';
import { formatDuration, parseDuration } from './duration.ts';
import { exhaustedSentence, exhaustion } from './exhaust.ts';
import { extend, isEmptyRequest, type ExtensionRequest } from './extend.ts';
import { elapsedSecs, limitsOf, remainingOf, storeLimits, type Limits, type Used } from './figures.ts';
import { U64_MAX, parseU64 } from './integer.ts';
import { dollars, dollars6, parseUsd, usdFromNumber } from './money.ts';

const u64 = fc.bigInt({ min: 0n, max: U64_MAX });
const money = fc.bigInt({ min: 0n, max: 10n ** 40n });
const limits: fc.Arbitrary<Limits> = fc.record({
  time: fc.option(u64.map((secs) => ({ text: formatDuration(secs), secs }))),
  tokens: fc.option(u64),
  picoUsd: fc.option(money),
});
const useds: fc.Arbitrary<Used> = fc.record({ secs: u64, tokens: u64, picoUsd: money });
const some: Limits = { time: { text: '120m', secs: 7200n }, tokens: 1000n, picoUsd: parseUsd('2') };
const used: Used = { secs: 60n, tokens: 100n, picoUsd: 500_000_000_000n };
const NONE: ExtensionRequest = { time: null, tokens: null, usd: null };

suite('durations', () => {
  test('are an unsigned integer and an optional unit, in either case, with space between', () => {
    for (const [text, secs] of [
      ['90', 90n],
      [' +5 M ', 300n],
      ['2H', 7200n],
      ['1d', 86_400n],
      ['0s', 0n],
      ['18446744073709551615', U64_MAX],
    ] as const)
      assert.equal(parseDuration(text), secs, text);
    for (const text of [
      '',
      '1h30m',
      '1.5h',
      '-1',
      '1w',
      'h',
      '18446744073709551616',
      '307445734561825861m',
      'NaN',
      '1e3',
      '٣',
      '90ſ',
      '5 s m',
      '+-5',
      '5\n5',
    ])
      assert.equal(parseDuration(text), null, text);
  });

  test('are shown in the largest exact unit, and read back the same', () => {
    assert.deepEqual([7200n, 5400n, 0n, 61n, 86_400n].map(formatDuration), ['2h', '90m', '0s', '61s', '1d']);
    fc.assert(fc.property(u64, (secs) => assert.equal(parseDuration(formatDuration(secs)), secs)));
  });

  test('of any text never throw', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => void parseDuration(text)));
    // Every letter that some rule about upper and lower case might take for a unit.
    for (let code = 0; code <= 0xff_ff; code++)
      if (code < 0xd8_00 || code > 0xdf_ff) assert.equal(parseDuration(`9${String.fromCodePoint(code)}x`), null);
    for (let code = 0x80; code <= 0xff_ff; code++)
      if (String.fromCodePoint(code).trim() !== '')
        assert.equal(parseDuration(`9${String.fromCodePoint(code)}`), null, code.toString(16));
  });
});

suite('money', () => {
  test('keeps what is smaller than a cent, and round-trips', () => {
    assert.equal(dollars(parseUsd('0.000000000001') ?? 0n), '0.000000000001');
    fc.assert(fc.property(money, (pico) => assert.equal(parseUsd(dollars(pico)), pico)));
  });

  test('is rounded to six decimals for people only', () => {
    assert.deepEqual([0n, 1_500_000n, 1_234_567_890_123n, 500_000n].map(dollars6), [
      '0.000000',
      '0.000002',
      '1.234568',
      '0.000001',
    ]);
  });

  test('is never negative, not a number or infinite', () => {
    for (const text of ['-1', 'NaN', 'Infinity', '1e309', '', '.', '1,5', '0x10', '1e99999'])
      assert.equal(parseUsd(text), null, text);
    for (const amount of [Number.NaN, Number.POSITIVE_INFINITY, -1, '1', null])
      assert.equal(usdFromNumber(amount), null);
    fc.assert(fc.property(fc.string(), (text) => (parseUsd(text) ?? 0n) >= 0n));
  });
});

suite('exhaustion', () => {
  test('is met in the order time, tokens, cost, exactly at the limit', () => {
    assert.equal(exhaustion(some, used), null);
    const all: Used = { secs: 7200n, tokens: 1000n, picoUsd: 2_000_000_000_000n };
    assert.deepEqual(exhaustion(some, all), { source: 'time', detail: 'budget_time=120m, elapsed=7200s' });
    assert.deepEqual(exhaustion(some, { ...all, secs: 7199n }), {
      source: 'tokens',
      detail: 'budget_tokens=1000, used_tokens=1000',
    });
    assert.deepEqual(exhaustion(some, { ...all, secs: 0n, tokens: 999n }), {
      source: 'cost',
      detail: 'budget_usd=2.000000, estimated_cost_usd=2.000000',
    });
    assert.deepEqual(
      exhaustion({ time: { text: '0s', secs: 0n }, tokens: null, picoUsd: null }, { secs: 0n, tokens: 0n, picoUsd: 0n })
        ?.source,
      'time',
    );
  });

  test('says the sentence of the contract', () => {
    const sentence = exhaustedSentence('g-1', 'verify', {
      source: 'cost',
      detail: 'budget_usd=2.000000, estimated_cost_usd=2.100000',
    });
    assert.equal(
      sentence,
      "Goal 'g-1' needs more budget before running `verify` (cost exhausted: budget_usd=2.000000, estimated_cost_usd=2.100000)",
    );
  });

  test('and what is left agree: spent exactly where nothing is left, and nothing is ever below zero', () => {
    fc.assert(
      fc.property(limits, useds, (limit, spent) => {
        const left = remainingOf(limit, spent);
        for (const each of [left.secs, left.tokens, left.picoUsd]) assert.ok(each === null || each >= 0n);
        assert.equal(exhaustion(limit, spent) !== null, [left.secs, left.tokens, left.picoUsd].includes(0n));
      }),
    );
  });
});

suite('extension', () => {
  const refusedText = (request: Partial<ExtensionRequest>): string => {
    const result = extend(some, used, { ...NONE, ...request });
    assert.equal(result.kind, 'refused');
    return result.kind === 'refused' ? result.text : '';
  };

  test('is refused with the sentence of what is wrong first: time, tokens, USD', () => {
    assert.equal(refusedText({}), 'Provide at least one budget extension: --time, --tokens, or --usd');
    for (const time of ['0', '0s', '-1', '1h30m', '1.5h', '18446744073709551616'])
      assert.equal(refusedText({ time, tokens: '0' }), `Invalid budget duration: ${time}`);
    for (const tokens of ['0', '-5', 'NaN', 'Infinity', '1.5', ''])
      assert.equal(
        refusedText({ tokens, usd: '0' }),
        'Invalid token budget extension: tokens must be greater than zero',
        tokens,
      );
    for (const usd of ['0', '-1', 'NaN', 'Infinity', '1e309', ''])
      assert.equal(refusedText({ usd }), 'Invalid USD budget extension: usd must be greater than zero', usd);
    assert.equal(refusedText({ time: '18446744073709551615' }), 'Goal budget duration overflowed');
    assert.equal(refusedText({ tokens: '18446744073709551615' }), 'Goal token budget overflowed');
    assert.equal(refusedText({ tokens: '18446744073709551616' }), 'Goal token budget overflowed');
    const rich = extend({ ...some, picoUsd: parseUsd('1e308') }, used, { ...NONE, usd: '1e308' });
    assert.equal(rich.kind === 'refused' && rich.text, 'Goal USD budget overflowed');
    assert.equal(
      refusedText({ time: '1h', tokens: '5', usd: 'x' }),
      'Invalid USD budget extension: usd must be greater than zero',
    );
  });

  test('raises an overdrawn budget to what was used first, and limits an unlimited one at used and added', () => {
    const over = extend(some, { secs: 9000n, tokens: 1500n, picoUsd: 0n }, { time: '60', tokens: '1', usd: null });
    assert.deepEqual(over.kind === 'extended' && storeLimits(over.limits), {
      time: '151m',
      tokens: '1501',
      picoUsd: '2000000000000',
    });
    const none: Limits = { time: null, tokens: null, picoUsd: null };
    const limited = extend(none, used, { time: '1h', tokens: '10', usd: '0.5' });
    assert.deepEqual(limited.kind === 'extended' && storeLimits(limited.limits), {
      time: '61m',
      tokens: '110',
      picoUsd: '1000000000000',
    });
  });

  test('is monotone, leaves what was not named alone, and adding A then B is adding both', () => {
    const amount = fc.bigInt({ min: 1n, max: 2n ** 40n });
    const small = fc.record({ secs: amount, tokens: amount, picoUsd: amount });
    fc.assert(
      fc.property(limits, small, amount, amount, (limit, spent, a, b) => {
        const add = (from: Limits, n: bigint) => extend(from, spent, { ...NONE, tokens: String(n) });
        const first = add(limit, a);
        if (first.kind === 'refused') return assert.equal(first.code, 'BUDGET_OVERFLOW');
        assert.ok((first.limits.tokens ?? 0n) > (limit.tokens ?? 0n) && (first.limits.tokens ?? 0n) > spent.tokens);
        assert.deepEqual([first.limits.time, first.limits.picoUsd], [limit.time, limit.picoUsd]);
        const both = add(first.limits, b);
        const once = add(limit, a + b);
        assert.deepEqual(both.kind === 'extended' && both.limits, once.kind === 'extended' && once.limits);
        assert.equal(exhaustion({ ...first.limits, time: null, picoUsd: null }, spent), null);
      }),
    );
  });

  test('of any text changes all of it or nothing, and never throws', () => {
    const word = fc.option(fc.oneof(fc.string(), fc.constantFrom('1', '30m', '0', '1e309', '18446744073709551615')));
    fc.assert(
      fc.property(limits, useds, fc.record({ time: word, tokens: word, usd: word }), (limit, spent, request) => {
        const result = extend(limit, spent, request);
        if (isEmptyRequest(request)) assert.equal(result.kind, 'refused');
        if (result.kind === 'extended') {
          assert.equal(result.added.time === null, request.time === null);
          assert.equal(result.added.tokens === null, request.tokens === null);
          assert.equal(result.added.picoUsd === null, request.usd === null);
          assert.deepEqual(limitsOf(storeLimits(result.limits)), { kind: 'limits', limits: result.limits });
        }
      }),
    );
  });
});

suite('a new budget', () => {
  test('keeps the duration as it was given, and may be spent from the start', () => {
    assert.deepEqual(newBudget({ time: '120m', tokens: '5', usd: '0.25' }), {
      kind: 'budget',
      budget: { time: '120m', tokens: '5', picoUsd: '250000000000' },
    });
    assert.equal(newBudget({ time: '0s', tokens: null, usd: null }).kind, 'budget');
  });

  test('is refused in one sentence', () => {
    const text = (request: Partial<ExtensionRequest>): string | null => {
      const result = newBudget({ ...NONE, ...request });
      return result.kind === 'refused' ? result.text : null;
    };
    for (const time of ['', '-1', 'NaN', 'Infinity', '1e309', '1h30m', '1.5h', '18446744073709551616'])
      assert.equal(text({ time, tokens: '5', usd: '1' }), `Invalid budget duration: ${time}`);
    for (const tokens of ['', '0', '-1', 'NaN', 'Infinity', '1e309', '1.5', '18446744073709551616'])
      assert.equal(
        text({ time: '1h', tokens, usd: '1' }),
        `Invalid token budget: ${tokens} is not a whole number from 1 to 18446744073709551615`,
      );
    for (const usd of ['', '0', '-1', '-0', 'NaN', 'Infinity', '1e309', '1,5', '0.0000000000001'])
      assert.equal(
        text({ time: '1h', tokens: '5', usd }),
        `Invalid USD budget: ${usd} is not an amount of dollars greater than zero`,
      );
    assert.equal(text({ time: 'x', tokens: 'y', usd: 'z' }), 'Invalid budget duration: x', 'time is said first');
  });

  test('that does not parse in the log is invalid, never "no limit"', () => {
    assert.deepEqual(limitsOf({ time: 'soon', tokens: null, picoUsd: null }), {
      kind: 'invalid',
      text: 'Invalid budget duration: soon',
    });
    assert.equal(limitsOf({ time: null, tokens: 'x', picoUsd: null }).kind, 'invalid');
  });
});

test('elapsed time is never negative, and a clock that is set back gives none back', () => {
  assert.equal(elapsedSecs(10_000, 5_000, 0n), 0n);
  assert.equal(elapsedSecs(0, 61_999, 0n), 61n);
  assert.equal(elapsedSecs(0, 1_000, 90n), 90n);
  assert.equal(elapsedSecs(Number.NaN, 1_000, 3n), 3n);
  assert.equal(parseU64('+7'), 7n);
});
