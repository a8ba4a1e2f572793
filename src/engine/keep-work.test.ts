import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { GoalEvent } from '../domain/goal/event.ts';
import { BLOB, COMPLETED, FIX, snapshotOf, turnEnded } from '../domain/testing/build.ts';
import { fakeVault } from '../world/gates/testing/fake-vault.ts';
import type { World } from './world.ts';
import { keepWork } from './keep-work.ts';
import { goalUnderTest } from './testing/goal.ts';

const started = (attempt: number, turn = 1): readonly GoalEvent[] => [
  { type: 'turn.started', data: { attempt, turn, prompt: BLOB } },
];
const ended = (attempt: number): GoalEvent => ({ type: 'turn.ended', data: turnEnded(attempt, 1, COMPLETED) });
const attempt: GoalEvent = { type: 'attempt.started', data: { attempt: 1, task: 't1', worktree: '/w/1' } };

/** A goal whose worktrees are there as `exists` says, and whose snapshots fail. */
async function kept(
  t: TestContext,
  events: readonly GoalEvent[],
  { exists = true, fails = null }: { readonly exists?: boolean; readonly fails?: Error | null } = {},
) {
  const { session, store, clock } = await goalUnderTest(t, {}, events);
  let taken = 0;
  const world: Partial<World> = {
    store,
    clock,
    files: { exists: async () => exists } as Partial<World['files']> as World['files'],
    agents: {
      endStrays: async () => {
        taken += 1;
        throw fails ?? new TypeError('nothing is to be kept');
      },
    } as Partial<World['agents']> as World['agents'],
  };
  const context = { session, world: world as World, vault: fakeVault({}) };
  return { work: () => keepWork(context), taken: () => taken, session };
}

test('a turn that is running, an attempt that is over and a worktree that is gone leave nothing to keep', async (t) => {
  const none = [
    await kept(t, [attempt]),
    await kept(t, [attempt, ...started(1)]),
    await kept(t, [attempt, ...started(1), ended(1)], { exists: false }),
    await kept(t, [
      attempt,
      ...started(1),
      ended(1),
      { type: 'attempt.ended', data: { attempt: 1, why: 'agent_failed' } },
    ]),
    await kept(t, [
      attempt,
      ...started(1),
      ended(1),
      { type: 'snapshot.taken', data: { attempt: 1, turn: 1, snapshot: snapshotOf(FIX) } },
    ]),
  ];
  for (const goal of none) {
    await goal.work();
    assert.equal(goal.taken(), 0);
  }
});

test('a worktree that cannot be kept is told, and nothing is recorded of it', async (t) => {
  const goal = await kept(t, [attempt, ...started(1), ended(1)], { fails: new Error('broken') });
  await assert.rejects(goal.work(), /broken/);
  assert.equal(goal.taken(), 1);
  assert.equal(goal.session.state.attempts[0]?.turns[0]?.snapshot, null);
  const full = Object.assign(new Error('ENOSPC'), { code: 'ENOSPC', syscall: 'write' });
  await assert.rejects((await kept(t, [attempt, ...started(1), ended(1)], { fails: full })).work(), {
    code: 'DISK_FULL',
  });
});

test('one worktree that cannot be kept loses no other', async (t) => {
  const two: readonly GoalEvent[] = [
    {
      type: 'plan.made',
      data: {
        plan: {
          criteria: [],
          tasks: ['t1', 't2'].map((id) => ({ id, title: id, brief: '', needs: [], writes: [], criteria: [] })),
        },
        refused: [],
      },
    },
    attempt,
    { type: 'attempt.started', data: { attempt: 2, task: 't2', worktree: '/w/2' } },
    ...[1, 2].flatMap((number) => [...started(number), ended(number)]),
  ];
  const goal = await kept(t, two, { fails: new Error('broken') });
  await assert.rejects(goal.work(), /broken/);
  assert.equal(goal.taken(), 2);
});
