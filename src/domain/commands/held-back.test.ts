import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fc } from '../testing/fast-check.ts';
import type { Capture } from '../plan/command.ts';
import { withHeldBack } from './held-back.ts';

const captures = fc
  .uniqueArray(fc.tuple(fc.constantFrom('a', 'b'), fc.string({ minLength: 1 })), {
    maxLength: 12,
    selector: ([, run]) => run,
  })
  .map((all) => all.map(([criterion, run]): Capture => ({ criterion, run })));

test('property: of the captures of each criterion a third at least is held back, not all, and of one none', () => {
  fc.assert(
    fc.property(captures, (all) => {
      const chosen = withHeldBack(all);
      for (const id of ['a', 'b']) {
        const own = chosen.filter(({ criterion }) => criterion === id);
        const hidden = own.filter(({ heldBack }) => heldBack === true).length;
        assert.equal(hidden, own.length < 2 ? 0 : Math.ceil(own.length / 3));
        assert.ok(own.length === 0 || hidden < own.length);
      }
      assert.deepEqual(withHeldBack(chosen), chosen);
      assert.deepEqual(
        chosen.map(({ run }) => run),
        all.map(({ run }) => run),
      );
    }),
  );
});
