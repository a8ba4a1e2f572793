import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fc } from './testing/fast-check.ts';
import { ListIndex } from './list-index.ts';

interface Item {
  readonly key: string;
  readonly at: number;
}

test('an index that lists share finds in each of them what a look at every item finds', () => {
  const steps = fc.array(fc.record({ from: fc.nat(), key: fc.constantFrom('a', 'b', 'c'), change: fc.boolean() }));
  fc.assert(
    fc.property(steps, (each) => {
      const index = new ListIndex(({ key }: Item) => key);
      const lists: (readonly Item[])[] = [[]];
      for (const { from, key, change } of each) {
        const all = lists[from % lists.length] ?? [];
        const first = all[0];
        const next = change && first ? all.with(0, { ...first, at: -1 }) : [...all, { key, at: all.length }];
        index.follow(all, next);
        lists.push(next);
      }
      for (const all of lists)
        for (const key of ['a', 'b', 'c', 'd'])
          assert.deepEqual(
            index.items(all, key),
            all.filter((item) => item.key === key),
          );
    }),
  );
});
