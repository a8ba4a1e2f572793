import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fc } from '../domain/testing/fast-check.ts';
import { pooled } from './pool.ts';

test(
  'property: never more weight than there is room, unless one alone is heavier; every result in its place; ' +
    'none is left out',
  async () => {
    const items = fc.array(
      fc.record({
        weight: fc.oneof(fc.integer({ min: 0, max: 6 }), fc.constant(Number.POSITIVE_INFINITY)),
        ticks: fc.nat(4),
        fails: fc.boolean(),
      }),
      { maxLength: 12 },
    );
    await fc.assert(
      fc.asyncProperty(items, fc.integer({ min: 0, max: 5 }), async (list, width) => {
        const room = Math.max(1, width);
        const now: number[] = [];
        const started: number[] = [];
        const results = await pooled(
          list.map((item, index) => ({ ...item, index })),
          width,
          async ({ weight, ticks, fails, index }) => {
            started.push(index);
            now.push(Math.max(1, weight));
            const total = now.reduce((sum, each) => sum + each, 0);
            assert.ok(total <= room || now.length === 1, `${total} of ${room}`);
            for (let n = 0; n < ticks; n++) await Promise.resolve();
            now.splice(now.indexOf(Math.max(1, weight)), 1);
            if (fails) throw new Error(String(index));
            return index;
          },
          ({ weight }) => weight,
        );
        assert.deepEqual(started, [...list.keys()]);
        assert.deepEqual(
          results.map((each) =>
            each.status === 'fulfilled' ? each.value : each.reason instanceof Error && Number(each.reason.message),
          ),
          [...list.keys()],
        );
        assert.deepEqual(
          results.map(({ status }) => status),
          list.map(({ fails }) => (fails ? 'rejected' : 'fulfilled')),
        );
      }),
    );
  },
);
