import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fc } from '../testing/fast-check.ts';
import { checkIds } from './check-ids.ts';

test('a gate that is called like a check keeps its name', () => {
  assert.deepEqual(checkIds(2, []), ['check-1', 'check-2']);
  assert.deepEqual(checkIds(2, ['check-2', 'test']), ['check-1', 'check-3']);
});

test('property: as many as asked for, all different, none taken', () => {
  fc.assert(
    fc.property(fc.nat(9), fc.array(fc.nat(12)), (count, numbers) => {
      const taken = numbers.map((n) => `check-${n}`);
      const ids = checkIds(count, taken);
      assert.equal(new Set(ids).size, count);
      assert.ok(ids.every((id) => !taken.includes(id)));
    }),
  );
});
