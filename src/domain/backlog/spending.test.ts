import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fc } from '../testing/fast-check.ts';
import { Spending } from './spending.ts';

const amounts = fc.record({ tokens: fc.bigInt({ min: 0n, max: 20n }), picoUsd: fc.bigInt({ min: 0n, max: 20n }) });
const limits = fc.record({
  tokens: fc.option(fc.bigInt({ min: 0n, max: 60n })),
  picoUsd: fc.option(fc.bigInt({ min: 0n, max: 60n })),
});
const reports = fc.array(fc.tuple(fc.constantFrom('a', 'b'), amounts), { maxLength: 8 });

test('property: a queue is spent by what goals used since they were first seen, and has room for the largest report', () =>
  fc.assert(
    fc.property(limits, amounts, reports, (most, largest, seen) => {
      const spending = new Spending(most, largest);
      const total = new Map([
        ['a', { tokens: 5n, picoUsd: 7n }],
        ['b', { tokens: 0n, picoUsd: 0n }],
      ]);
      for (const [goal, used] of total) spending.sees(goal, used);
      const used = { tokens: 0n, picoUsd: 0n };
      const biggest = { ...largest };
      for (const [goal, fresh] of seen) {
        const before = total.get(goal) ?? fresh;
        for (const each of ['tokens', 'picoUsd'] as const) {
          used[each] += fresh[each];
          if (fresh[each] > biggest[each]) biggest[each] = fresh[each];
        }
        const now = { tokens: before.tokens + fresh.tokens, picoUsd: before.picoUsd + fresh.picoUsd };
        total.set(goal, now);
        spending.sees(goal, now);
      }
      const left = (['tokens', 'picoUsd'] as const).flatMap((each) => {
        const limit = most[each];
        return limit === null ? [] : [{ left: limit - used[each], biggest: biggest[each] }];
      });
      assert.equal(
        spending.isSpent,
        left.some((each) => each.left <= 0n),
      );
      assert.equal(
        spending.hasRoom,
        left.every((each) => each.left > 0n && each.left >= each.biggest),
      );
    }),
  ));

test('a goal that is told of less than before gives nothing back', () => {
  const spending = new Spending({ tokens: 10n, picoUsd: null });
  spending.sees('a', { tokens: 100n, picoUsd: 0n });
  spending.sees('a', { tokens: 110n, picoUsd: 0n });
  spending.sees('a', { tokens: 50n, picoUsd: 0n });
  assert.equal(spending.isSpent, true);
});
