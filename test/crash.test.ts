import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { casesFor, countPoints, tryCase, type Points } from '../scripts/crash/cases.ts';

let points: Points;
before(async () => {
  points = await countPoints();
});

/** A few of the points that `npm run crash` goes through. */
for (const [kind, what] of [
  ['kill', 'a run that is ended by kill -9 is continued to a proven end'],
  ['fault', 'a disk that fails gives a sentence and the right exit code, and the goal is continued to a proven end'],
  ['apply', 'an apply that is ended by kill -9 harms nothing and is done again'],
] as const)
  test(what, async () => {
    const wanted = { kill: 0, fault: 0, apply: 0, [kind]: kind === 'kill' ? 3 : 2 };
    for (const each of casesFor(points, wanted)) {
      const { wrong, point } = await tryCase(each);
      assert.deepEqual(wrong, [], `${each.injection.how} at ${String(each.injection.at)}, ${point}`);
    }
  });
