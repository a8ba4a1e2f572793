import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tierOf } from './tier.ts';

test('the tier follows the price of a million output tokens, and is Standard where no price is known', () => {
  const dollars = (n: number): bigint => BigInt(n * 1_000_000) * 1_000_000n;
  assert.deepEqual(
    [null, dollars(0), dollars(5), dollars(5.000001), dollars(15), dollars(15.000001), dollars(75)].map(tierOf),
    ['Standard', 'Budget', 'Budget', 'Standard', 'Standard', 'Premium', 'Premium'],
  );
});
