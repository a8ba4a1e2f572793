import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Silences } from './silence.ts';

test('a silence is told when it gets long and when it is twice as long, and not after a word', () => {
  const silences = new Silences<{ name: string }>();
  const goal = { name: 'a' };
  const minute = 60_000;
  const told = (at: number) => silences.told(at * minute).map(({ ms }) => ms / minute);
  silences.hear(goal, 0);
  assert.deepEqual([told(9), told(10), told(15), told(20), told(41)], [[], [10], [], [20], [41]]);
  silences.hear(goal, 45 * minute);
  assert.deepEqual([told(50), told(55)], [[], [10]]);
  silences.end(goal);
  assert.deepEqual(told(999), []);
});
