import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { fc } from '../testing/fast-check.ts';
import { admitted, taskCeiling, type Amounts, type Wanted } from './reserve.ts';

const FREE: ReadonlyMap<string, Amounts> = new Map();
const left = (tokens: bigint | null, picoUsd: bigint | null = null): Amounts => ({ tokens, picoUsd });
const want = (tokens: bigint | null, picoUsd: bigint | null = null, task = 't1'): Wanted => ({
  task,
  reservation: { tokens, picoUsd },
});

suite('a wave of attempts', () => {
  test('0.5.0 defect: two tasks of a wave both admitted with room for one', () => {
    assert.deepEqual(admitted(left(60n), FREE, [want(50n, null, 't1'), want(50n, null, 't2')]), [0]);
    assert.deepEqual(
      admitted(left(null, 60n), FREE, [want(null, 50n, 't1'), want(null, 50n, 't2')]),
      [0],
      'of dollars too',
    );
    assert.deepEqual(admitted(left(100n), FREE, [want(50n, null, 't1'), want(50n, null, 't2')]), [0, 1]);
  });

  test('is made smaller by what does not fit, and what fits after it still goes', () => {
    assert.deepEqual(admitted(left(60n), FREE, [want(30n), want(40n), want(30n), want(1n)]), [0, 2]);
    assert.deepEqual(admitted(left(60n), FREE, [want(500n), want(30n)]), [1]);
    assert.deepEqual(
      admitted(left(60n), FREE, [want(500n), want(400n)]),
      [0],
      'where none fits, the first goes on alone',
    );
    assert.deepEqual(admitted(left(1n), FREE, [want(null), want(null)]), [0, 1], 'what is not known holds nothing');
    assert.deepEqual(admitted(left(1n), FREE, []), []);
  });

  test('admits a task only if its reservation fits into its share', () => {
    const shares = new Map([
      ['t1', left(30n)],
      ['t2', left(100n)],
    ]);
    assert.deepEqual(admitted(left(100n), shares, [want(40n, null, 't1'), want(40n, null, 't2')]), [1]);
    assert.deepEqual(
      admitted(left(100n), shares, [want(20n, null, 't1'), want(20n, null, 't1'), want(20n, null, 't2')]),
      [0, 2],
      'two attempts of one task share its share',
    );
  });

  test('never reserves more than is left, is never empty when one fits, and keeps the order', () => {
    const size = fc.option(fc.bigInt({ min: 0n, max: 100n }));
    const wave = fc.array(fc.record({ tokens: size, picoUsd: size, task: fc.constantFrom('t1', 't2', 't3') }), {
      maxLength: 12,
    });
    const some = fc.option(fc.bigInt({ min: 0n, max: 200n }));
    fc.assert(
      fc.property(wave, some, some, some, (list, tokens, picoUsd, share) => {
        const wanted = list.map((each) => want(each.tokens, each.picoUsd, each.task));
        const rest = left(tokens, picoUsd);
        const shares = new Map(['t1', 't2', 't3'].map((task) => [task, left(share)]));
        const taken = admitted(rest, shares, wanted);
        const sum = (of: keyof Amounts, task?: string): bigint =>
          taken.reduce(
            (total, index) =>
              total +
              (task === undefined || wanted[index]?.task === task ? (wanted[index]?.reservation[of] ?? 0n) : 0n),
            0n,
          );
        const alone = ({ reservation }: Wanted): boolean =>
          (tokens === null || (reservation.tokens ?? 0n) <= tokens) &&
          (picoUsd === null || (reservation.picoUsd ?? 0n) <= picoUsd) &&
          (share === null || (reservation.tokens ?? 0n) <= share);
        assert.deepEqual(
          taken,
          [...taken].sort((a, b) => a - b),
        );
        assert.equal(taken.length === 0, wanted.length === 0);
        if (!wanted.some(alone)) return assert.ok(taken.length <= 1);
        assert.ok(tokens === null || sum('tokens') <= tokens);
        assert.ok(picoUsd === null || sum('picoUsd') <= picoUsd);
        for (const task of ['t1', 't2', 't3']) assert.ok(share === null || sum('tokens', task) <= share);
      }),
    );
  });
});

suite('the ceiling of a task', () => {
  test('is its equal share, or the percentage where that is more; all of it for the only task', () => {
    assert.deepEqual(
      [
        taskCeiling(1000n, 1, 10),
        taskCeiling(1000n, 2, 10),
        taskCeiling(1000n, 8, 50),
        taskCeiling(1000n, 3, 0),
        taskCeiling(1000n, 8, 100),
        taskCeiling(null, 8, 50),
      ],
      [1000n, 500n, 500n, 334n, 1000n, null],
    );
  });

  test('is never more than the total, never leaves tasks that share equally short, and grows with the total', () => {
    const total = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });
    fc.assert(
      fc.property(
        total,
        total,
        fc.oneof(fc.integer(), fc.constant(Number.NaN)),
        fc.oneof(fc.integer(), fc.constant(Number.POSITIVE_INFINITY)),
        (a, more, tasks, percent) => {
          const ceiling = taskCeiling(a, tasks, percent) ?? -1n;
          assert.ok(ceiling >= 0n && ceiling <= a);
          assert.ok(ceiling * BigInt(Math.max(1, Number.isFinite(tasks) ? tasks : 1)) >= a);
          assert.ok((taskCeiling(a + more, tasks, percent) ?? -1n) >= ceiling);
        },
      ),
    );
  });
});
