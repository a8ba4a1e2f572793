import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fc } from '../testing/fast-check.ts';
import { endReady } from '../testing/ready.ts';
import { admits } from '../transition/admit.ts';
import { fold } from '../transition/evolve.ts';
import type { BranchSeen } from './branch.ts';
import { nextDelivery, type DeliveryStep } from './next.ts';

interface World {
  /** What the remote has under each name: null, a commit of somebody else, or the result. */
  readonly branches: (null | 'other' | 'old' | 'result')[];
  readonly pulls: { branch: number; state: 'open' | 'closed' | 'merged'; ours: boolean; upToDate: boolean }[];
}

const SEEN: Readonly<Record<'other' | 'old' | 'result', BranchSeen>> = {
  other: { kind: 'other' },
  old: { kind: 'behind', commit: 'a'.repeat(40) },
  result: { kind: 'same' },
};

const worlds: fc.Arbitrary<World> = fc.record({
  branches: fc.array(fc.constantFrom(null, 'other' as const, 'old' as const, 'result' as const), {
    minLength: 1,
    maxLength: 4,
  }),
  pulls: fc.array(
    fc.record({
      branch: fc.nat(3),
      state: fc.constantFrom('open' as const, 'closed' as const, 'merged' as const),
      ours: fc.boolean(),
      upToDate: fc.boolean(),
    }),
    { maxLength: 3 },
  ),
});

const stepIn = ({ branches, pulls }: World): DeliveryStep =>
  nextDelivery({
    commit: 'c'.repeat(40),
    branches: branches.map((each, index) => ({
      name: String(index),
      seen: each === null ? { kind: 'absent' } : SEEN[each],
    })),
    pullRequest: (branch) => {
      const of = pulls
        .map((pull, index) => ({ ...pull, number: index + 1 }))
        .filter((pull) => String(pull.branch) === branch);
      return of.find(({ state }) => state === 'open') ?? of.find(({ ours }) => ours) ?? null;
    },
  });

/** Does what a step says; returns false where there is nothing more to do. */
function perform(world: World, step: DeliveryStep): boolean {
  if (step.kind === 'refuse' || step.kind === 'done') return false;
  const branch = Number(step.branch);
  if (step.kind === 'push') {
    assert.notEqual(world.branches[branch], 'other', 'nothing is pushed over other content');
    world.branches[branch] = 'result';
    for (const pull of world.pulls) if (pull.branch === branch) pull.upToDate = false;
  } else if (step.kind === 'open') {
    assert.equal(world.branches[branch], 'result', 'a pull request shows the result');
    assert.equal(
      world.pulls.some((pull) => pull.branch === branch && pull.state === 'open'),
      false,
      'never a second one',
    );
    world.pulls.push({ branch, state: 'open', ours: true, upToDate: true });
  } else {
    const pull = world.pulls[step.number - 1];
    assert.ok(pull?.ours && pull.state === 'open', "only omk's own open pull request is written to");
    pull.upToDate = true;
  }
  return true;
}

test('a delivery comes to an end in a few steps, however often it is begun again', () => {
  fc.assert(
    fc.property(worlds, (world) => {
      let steps = 0;
      while (perform(world, stepIn(world))) assert.ok(++steps <= 3, 'at most push, open or update');
      const last = stepIn(world);
      assert.ok(last.kind === 'done' || last.kind === 'refuse');
      if (last.kind !== 'done') return;
      assert.equal(world.branches[Number(last.branch)], 'result');
      const open = world.pulls.filter(
        (pull) => String(pull.branch) === last.branch && pull.state === 'open' && pull.ours,
      );
      assert.ok(open.length >= 1 && open[0]?.upToDate);
    }),
    { numRuns: 2_000 },
  );
});

test('events of a delivery are of a ready goal, in their order, and none follows a merge', () => {
  const pushed = {
    type: 'delivery.pushed' as const,
    data: { repository: 'github.com/o/r', branch: 'b', base: 'main', commit: 'c'.repeat(40), tree: 'd'.repeat(40) },
  };
  const data = { number: 1, url: 'u', branch: 'b', base: 'main', commit: 'c'.repeat(40), draft: false };
  const opened = { type: 'delivery.pr_opened' as const, data };
  const merged = {
    type: 'delivery.merged' as const,
    data: { number: 1, url: 'u', commit: 'c'.repeat(40), tree: 'd'.repeat(40), proven: 'd'.repeat(40) },
  };
  const events = endReady();
  const ready = fold(events);
  const running = fold(events.slice(0, -1));
  assert.match(admits(running, pushed) ?? '', /running/u);
  assert.match(admits(ready, opened) ?? '', /pushed/u);
  assert.match(admits(ready, merged) ?? '', /not opened/u);
  const open = fold([pushed, opened], ready);
  assert.equal(admits(open, merged), null);
  assert.match(admits(open, { ...merged, data: { ...merged.data, number: 2 } }) ?? '', /not opened/u);
  assert.equal(open.status, 'ready');
  assert.match(admits(fold([merged], open), pushed) ?? '', /merged/u);
});
