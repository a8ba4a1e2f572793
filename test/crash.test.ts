import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { countPoints, tryCase, type Case, type Kind, type Points } from '../scripts/crash/cases.ts';

let points: Points;
before(async () => {
  points = await countPoints();
});

const plain = (kind: Kind, at: number, how: Case['injection']['how']): Case => ({
  kind,
  injection: { at, how, lasting: how !== 'kill' },
  merge: false,
});

/** A few of the points that `npm run crash` goes through. */
for (const [what, cases] of [
  [
    'a run that is ended by kill -9, in the middle and right after its goal ended, comes to a proven end',
    () => [plain('kill', Math.floor(points.run / 3), 'kill'), plain('kill', points.ended, 'kill')],
  ],
  [
    'a disk that fails gives a sentence and the right exit code, and the goal comes to a proven end',
    () => [plain('fault', Math.floor(points.run / 4), 'EIO'), plain('fault', points.ended, 'ENOSPC')],
  ],
  [
    'an apply that is ended by kill -9 harms nothing and is done again',
    () => [plain('apply', Math.floor(points.apply / 2), 'kill'), plain('apply', points.apply, 'kill')],
  ],
] as const)
  test(what, async () => {
    for (const each of cases()) {
      const { wrong, point } = await tryCase(each);
      assert.deepEqual(wrong, [], `${each.injection.how} at ${String(each.injection.at)}, ${point}`);
    }
  });
