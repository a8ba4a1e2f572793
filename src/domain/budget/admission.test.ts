import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { fc } from '../testing/fast-check.ts';
import { admitTask, timeCeiling, type TaskRequest } from './admission.ts';
import type { Limits } from './figures.ts';

const limited = (secs: bigint | null, tokens: bigint | null = null): Limits => ({
  time: secs === null ? null : { text: `${secs}s`, secs },
  tokens,
  picoUsd: null,
});
const used = (secs: bigint, tokens = 0n) => ({ secs, tokens, picoUsd: 0n });
const task: TaskRequest = {
  secs: null,
  origin: 'planned',
  reservation: { tokens: null, picoUsd: null },
  tasks: 4,
  last: false,
};
const count = fc.bigInt({ min: 0n, max: 100_000n });

suite('whether a task fits into what is left', () => {
  test('the ceiling is a quarter of the time, a minute at least; below a minute all of it; none for the only task', () => {
    assert.deepEqual(
      [0n, 1n, 59n, 60n, 100n, 240n, 4000n].map((total) => timeCeiling(total, 2)),
      [1n, 1n, 59n, 60n, 60n, 60n, 1000n],
    );
    assert.equal(timeCeiling(4000n, 1), null);
    assert.equal(timeCeiling(null, 9), null);
  });

  test('without a declaration planned work has 900 s and a proposal 300 s, under the ceiling', () => {
    assert.equal(admitTask(limited(null), used(0n), task).secs, 900n);
    assert.equal(admitTask(limited(null), used(0n), { ...task, origin: 'proposed' }).secs, 300n);
    assert.equal(admitTask(limited(2000n), used(0n), task).secs, 500n);
    assert.equal(admitTask(limited(2000n), used(0n), { ...task, tasks: 1 }).secs, 900n);
  });

  test('is refused with the reason where time or a reservation does not fit', () => {
    assert.deepEqual(admitTask(limited(1000n), used(900n), task), {
      kind: 'refused',
      source: 'time',
      secs: 250n,
      reason: 'the task needs 250 s, and 100 s are left',
    });
    const dear = { ...task, reservation: { tokens: 50n, picoUsd: null } };
    assert.equal(admitTask(limited(null, 100n), used(0n, 60n), dear).kind, 'refused');
    assert.equal(admitTask(limited(null, 100n), used(0n, 50n), dear).kind, 'accepted');
  });

  test('an accepted task never passes a limit, and the last one can always have what is left', () => {
    const request = fc.record({
      secs: fc.option(fc.bigInt({ min: 1n, max: 5000n })),
      origin: fc.constantFrom('planned' as const, 'proposed' as const),
      reservation: fc.record({ tokens: fc.option(count), picoUsd: fc.constant(null) }),
      tasks: fc.integer({ min: 1, max: 9 }),
      last: fc.boolean(),
    });
    fc.assert(
      fc.property(count, count, count, count, request, (time, tokens, spentSecs, spentTokens, wanted) => {
        const result = admitTask(limited(time, tokens), used(spentSecs, spentTokens), wanted);
        if (result.kind === 'accepted') {
          assert.ok(spentSecs + result.secs <= time);
          assert.ok(spentTokens + (wanted.reservation.tokens ?? 0n) <= tokens);
        }
        const free = { ...wanted, last: true, reservation: { tokens: null, picoUsd: null } };
        const open = spentSecs < time && spentTokens < tokens;
        const last = admitTask(limited(time, tokens), used(spentSecs, spentTokens), free);
        assert.equal(last.kind === 'accepted', open);
      }),
    );
  });
});
