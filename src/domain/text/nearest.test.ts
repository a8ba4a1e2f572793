import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fc } from '../testing/fast-check.ts';
import { distance, nearest } from './nearest.ts';

test('the word that was probably meant', () => {
  const known = ['timeout_secs', 'retries', 'required', 'cwd', 'env'];
  assert.equal(nearest('timeout', known), 'timeout_secs');
  assert.equal(nearest('retires', known), 'retries');
  assert.equal(nearest('Required', known), 'required');
  assert.equal(nearest('cdw', known), 'cwd');
  assert.equal(nearest('banana', known), null);
  assert.equal(nearest('x', known), null);
  assert.equal(nearest('', known), null);
});

test('property: the distance is a distance', () => {
  const words = fc.string({ maxLength: 8 });
  fc.assert(
    fc.property(words, words, fc.nat(8), (a, b, cut) => {
      assert.equal(distance(a, a), 0);
      assert.equal(distance(a, b), distance(b, a));
      assert.ok(distance(a, b) <= Math.max(a.length, b.length));
      assert.ok(distance(a, a.slice(0, cut) + a.slice(cut + 1)) <= 1);
    }),
  );
});

/** The definition, without a table. */
const edits = (a: string, b: string): number => {
  if (a === '' || b === '') return a.length + b.length;
  const swapped =
    a.length > 1 && b.length > 1 && a[0] === b[1] && a[1] === b[0] ? edits(a.slice(2), b.slice(2)) + 1 : Infinity;
  return Math.min(
    edits(a.slice(1), b) + 1,
    edits(a, b.slice(1)) + 1,
    edits(a.slice(1), b.slice(1)) + (a[0] === b[0] ? 0 : 1),
    swapped,
  );
};

test('property: the distance is the least number of edits', () => {
  const word = fc.string({ maxLength: 5, unit: fc.constantFrom('a', 'b', 'c') });
  fc.assert(fc.property(word, word, (a, b) => assert.equal(distance(a, b), edits(a, b))));
});
