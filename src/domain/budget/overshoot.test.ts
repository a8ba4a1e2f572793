import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { fc } from '../testing/fast-check.ts';
import { exhaustion } from './exhaust.ts';
import { count, EMPTY_LEDGER, type Ledger } from './ledger.ts';
import type { UsageEntry } from './usage-entry.ts';
import { checked, overshoot, overshootSentence, worst } from './overshoot.ts';

const entry = (key: string, tokens: bigint, more: Partial<UsageEntry> = {}): UsageEntry => ({
  key,
  sessionType: 'attempt',
  name: 'attempt-1',
  attempt: 1,
  turn: 1,
  reporting: 'call',
  model: null,
  inputTokens: String(tokens),
  cachedTokens: null,
  outputTokens: '0',
  picoUsd: null,
  priced: null,
  ...more,
});
const fold = (list: readonly UsageEntry[]): Ledger => list.reduce(count, EMPTY_LEDGER);
const NOBODY = { preset: null };
const UNDECLARED = { tokens: null, picoUsd: null };
const BOTH = { tokens: true, usd: true };

suite('the bound', () => {
  test('is one model call for agents that tell each call, one turn for those that tell each turn', () => {
    const declared = { tokens: 300_000n, picoUsd: null };
    assert.deepEqual(overshoot(fold([entry('a', 20_500n), entry('b', 300n)]), NOBODY, declared).tokens, {
      per: 'call',
      most: 300_000n,
      why: null,
    });
    assert.deepEqual(overshoot(fold([entry('a', 300_000n, { reporting: 'turn' })]), NOBODY, declared).tokens, {
      per: 'turn',
      most: 300_000n,
      why: null,
    });
    assert.equal(
      overshoot(fold([entry('a', 5n), entry('b', 7n, { reporting: 'turn' })]), NOBODY, UNDECLARED).tokens.per,
      'turn',
      'the worst way counts',
    );
    assert.equal(overshoot(fold([entry('a', 5n)]), NOBODY, declared, 3).tokens.most, 900_000n, 'for each attempt');
  });

  test('is no number, with the reason, where nothing bounds it', () => {
    const silent = entry('a', 0n, { reporting: 'unknown', inputTokens: null, outputTokens: null });
    assert.deepEqual(overshoot(fold([silent]), NOBODY, { tokens: 5n, picoUsd: null }).tokens, {
      per: 'unknown',
      most: null,
      why: 'the agent does not report all of its usage',
    });
    assert.deepEqual(overshoot(EMPTY_LEDGER, NOBODY, UNDECLARED).tokens, {
      per: 'unknown',
      most: null,
      why: 'no usage reported yet',
    });
    assert.equal(
      overshoot(fold([entry('a', 20_500n)]), NOBODY, UNDECLARED).tokens.most,
      null,
      'the next call can be larger than all before it',
    );
    assert.deepEqual(overshoot(EMPTY_LEDGER, { preset: 'kimi' }, UNDECLARED).tokens, {
      per: 'call',
      most: null,
      why: 'report_tokens is not set for the agent',
    });
  });

  test('is a number before anything was told where the most is declared; a larger report shows that the declaration is wrong', () => {
    const declared = { tokens: 262_144n, picoUsd: null };
    assert.equal(overshoot(EMPTY_LEDGER, { preset: 'kimi' }, declared).tokens.most, 262_144n);
    assert.deepEqual(overshoot(fold([entry('a', 300_000n)]), NOBODY, declared).tokens, {
      per: 'call',
      most: null,
      why: 'the agent reported more at once than report_tokens says',
    });
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 100n }),
        fc.option(fc.bigInt({ min: 0n, max: 100n })),
        (seen, said) => (worst(seen, said) ?? 0n) >= seen && (worst(seen, said) ?? 0n) >= (said ?? 0n),
      ),
    );
  });

  test('bounds nothing once the goal has gone further past its limit, as with calls in the background', () => {
    const bounds = overshoot(fold([entry('a', 900n)]), NOBODY, { tokens: 1000n, picoUsd: null });
    const limits = { time: null, tokens: 5000n, picoUsd: null };
    const used = (tokens: bigint) => ({ secs: 0n, tokens, picoUsd: 0n });
    assert.equal(checked(bounds, limits, used(6000n)).tokens.most, 1000n);
    assert.deepEqual(checked(bounds, limits, used(522_000n)).tokens, {
      per: 'call',
      most: null,
      why: 'this goal has gone further past the limit already',
    });
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 20_000n }), (tokens) => {
        const { most } = checked(bounds, limits, used(tokens)).tokens;
        return most === null || tokens <= 5000n + most;
      }),
    );
  });

  test('of dollars is one report as declared, and none as soon as one cost is unknown', () => {
    const priced = fold([
      entry('a', 5n, { picoUsd: '700', priced: 'prices' }),
      entry('b', 9n, { picoUsd: '300', priced: 'prices' }),
    ]);
    const declared = { tokens: null, picoUsd: 900n };
    assert.deepEqual(overshoot(priced, NOBODY, declared).picoUsd, { per: 'call', most: 900n, why: null });
    assert.deepEqual(overshoot(count(priced, entry('c', 1n)), NOBODY, declared).picoUsd.most, null);
    const total = fold([
      entry('cost', 0n, { picoUsd: '900', priced: 'agent' }),
      entry('x', 3n, { reporting: 'turn', picoUsd: '0', priced: 'agent' }),
      entry('y', 0n, { reporting: 'unknown', inputTokens: null, outputTokens: null, picoUsd: '0', priced: 'agent' }),
    ]);
    assert.deepEqual(
      overshoot(total, NOBODY, declared).picoUsd,
      { per: 'call', most: 900n, why: null },
      'an agent that tells its cost can be held by it though it does not tell its tokens',
    );
  });

  test(
    'holds for any agents and any reports: when all stop after the report that crosses the limit, no more ' +
      'than the bound is past it',
    () => {
      const reports = fc.array(fc.bigInt({ min: 1n, max: 5000n }), { minLength: 1, maxLength: 60 });
      const way = fc.constantFrom('call', 'turn');
      fc.assert(
        fc.property(
          reports,
          fc.bigInt({ min: 1n, max: 20_000n }),
          fc.integer({ min: 1, max: 5 }),
          way,
          fc.bigInt({ min: 5000n, max: 9000n }),
          (sizes, limit, attempts, reporting, declared) => {
            const limits = { time: null, tokens: limit, picoUsd: null };
            let ledger = EMPTY_LEDGER;
            // Reports come from all attempts in turn; each attempt ends with the first of its own after the limit, which was under way.
            const stopped = new Set<number>();
            for (const [index, size] of sizes.entries()) {
              if (stopped.has(index % attempts)) continue;
              const over = exhaustion(limits, { secs: 0n, tokens: ledger.tokens, picoUsd: 0n }) !== null;
              ledger = count(ledger, entry(String(index), size, { reporting }));
              if (over || exhaustion(limits, { secs: 0n, tokens: ledger.tokens, picoUsd: 0n }) !== null)
                stopped.add(index % attempts);
            }
            const past = ledger.tokens - limit;
            const { most } = overshoot(ledger, NOBODY, { tokens: declared, picoUsd: null }, attempts).tokens;
            assert.ok(most !== null && past <= most, `${past} past the limit, bound ${most}`);
          },
        ),
      );
    },
  );

  test('is said in a sentence', () => {
    const declared = { tokens: 20_500n, picoUsd: 1_500_000_000_000n };
    const bound = overshoot(fold([entry('a', 20_500n, { picoUsd: '1500000000000' })]), NOBODY, declared);
    assert.equal(
      overshootSentence(bound, BOTH),
      'past the token limit by at most one model call: 20500 tokens, as declared; past the USD limit by ' +
        'at most one model call: $1.500000, as declared; a turn is stopped within 5 s of a crossed limit',
    );
    assert.equal(
      overshootSentence(bound, { tokens: false, usd: false }),
      'a turn is stopped within 5 s of a crossed limit',
    );
    assert.match(
      overshootSentence(overshoot(EMPTY_LEDGER, { preset: 'kimi' }, UNDECLARED), BOTH),
      /^past the token limit: unbounded \(report_tokens is not set for the agent\);/,
    );
    assert.match(
      overshootSentence(overshoot(EMPTY_LEDGER, NOBODY, UNDECLARED), BOTH),
      /^past the token limit: unbounded \(no usage reported yet\);/,
    );
    assert.match(
      overshootSentence(overshoot(fold([entry('a', 5n, { reporting: 'turn' })]), NOBODY, declared, 2), BOTH),
      /at most one turn for each of 2 attempts at once: 41000 tokens/,
    );
  });
});
