import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fc } from '../testing/fast-check.ts';
import { measurement, notStarted } from '../testing/build.ts';
import type { Measurement } from './evidence.ts';
import { measuredOn, notStartedOf, withRun } from './measured-on.ts';

const missing = notStarted('tool');

test('runs on a tree are those that a look at every run finds, in every list that was made of another', () => {
  fc.assert(
    fc.property(fc.array(fc.record({ from: fc.nat(), tree: fc.constantFrom('a', 'b', 'c') })), (steps) => {
      const lists: (readonly Measurement[])[] = [[]];
      for (const { from, tree } of steps)
        lists.push(withRun(lists[from % lists.length] ?? [], measurement({ tree, ...(tree === 'a' ? missing : {}) })));
      for (const list of lists) {
        for (const tree of ['a', 'b', 'c'])
          assert.deepEqual(
            measuredOn(list, tree),
            list.filter((run) => run.tree === tree),
          );
        assert.deepEqual(
          notStartedOf(list),
          list.filter(({ outcome }) => outcome.kind === 'not_started'),
        );
      }
    }),
  );
});
