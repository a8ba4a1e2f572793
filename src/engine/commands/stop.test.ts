import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { OmkError } from '../../domain/error.ts';
import { snapshotOf, tree } from '../../domain/testing/build.ts';
import type { GoalEvent } from '../../domain/goal/event.ts';
import type { World } from '../world.ts';
import { planOf, started, taskOf, turned } from '../testing/events.ts';
import { fakeContext, type FakeOptions } from '../testing/fake-context.ts';
import { removeGoal } from './remove.ts';
import { stopGoal } from './stop.ts';

const WORK = [planOf(taskOf('t1')), started(1)];
const OPEN: GoalEvent = {
  type: 'turn.started',
  data: { attempt: 1, turn: 1, prompt: { sha256: 'e'.repeat(64), bytes: 1, truncated: false } },
};

interface Lease {
  readonly holder?: string;
  readonly publish?: () => Promise<void>;
}

/** A goal as another process finds it. */
async function goalWith(events: readonly GoalEvent[], { holder, publish }: Lease = {}, more: FakeOptions = {}) {
  const goal = await fakeContext({
    events,
    doors: ({ asked }) => ({
      proofs: { build: async () => new Map() },
      files: {
        writeGoalFolder: async () => {
          asked.push('publish');
          await publish?.();
        },
        removeGoal: async (name: string, sealed: string) => void asked.push(`remove ${name} with ${sealed}`),
      },
    }),
    ...more,
  });
  const leases: string[] = [];
  const store: World['store'] = {
    ...goal.store,
    lease: async () => {
      if (holder !== undefined) return { kind: 'taken', holder: { name: holder, since: 'noon' } };
      leases.push('taken');
      return {
        kind: 'held',
        lease: { key: '', token: 1, renew: async () => true, release: async () => void leases.push('given back') },
      };
    },
    remove: async () => void goal.asked.push('remove the log'),
  };
  const vault = { ...goal.vault, commitFiles: async () => 'd'.repeat(40) };
  const git = { ...goal.context.world.git, openVault: async () => vault };
  const world: World = { ...goal.context.world, store, git };
  const types = async () => (await goal.store.read('')).map(({ event }) => event.type);
  return { ...goal, world, leases, types };
}

suite('pause and cancel', () => {
  test('are recorded first, with where the budgets stand', async () => {
    const goal = await goalWith(WORK, { holder: 'process 1' });
    const state = await stopGoal(goal.world, goal.session.goal, 'pause', 'by a user');
    assert.equal(state.status, 'paused');
    assert.deepEqual((await goal.types()).slice(-2), ['goal.paused', 'budget.checkpoint']);
  });

  test('leave the rest to the process that works on the goal', async () => {
    const goal = await goalWith([...WORK, OPEN], { holder: 'process 1' });
    await stopGoal(goal.world, goal.session.goal, 'cancel', 'enough');
    assert.deepEqual(goal.asked, ['publish']);
    assert.equal((await goal.types()).includes('turn.ended'), false);
  });

  test('close and keep the turn of a process that was killed', async () => {
    const goal = await goalWith([...WORK, OPEN]);
    goal.vault.worktrees.set('/attempts/1/tree', { 'a.txt': 'half\n' });
    await stopGoal(goal.world, goal.session.goal, 'pause', 'by a user');
    const types = await goal.types();
    assert.deepEqual(types.slice(types.indexOf('goal.paused') + 2), ['turn.ended', 'snapshot.taken']);
    assert.deepEqual(goal.leases, ['taken', 'given back']);
  });

  test('a cancel tidies up, a pause leaves the worktree', async () => {
    for (const [how, removed] of [
      ['cancel', true],
      ['pause', false],
    ] as const) {
      const goal = await goalWith([...WORK, ...turned(1, 1, snapshotOf(tree('work'), { ref: 'refs/omk/w' }))]);
      goal.vault.worktrees.set('/attempts/1/tree', {});
      await stopGoal(goal.world, goal.session.goal, how, 'x');
      assert.equal(goal.asked.includes('remove /attempts/1'), removed, how);
    }
  });

  test('what fails while work is kept does not keep the folder from being written', async () => {
    const goal = await goalWith([...WORK, ...turned(1, 1)]);
    goal.vault.worktrees.set('/attempts/1/tree', {});
    const full = new OmkError('DISK_FULL', 'no space', 'x');
    const vault = { ...goal.vault, snapshot: () => Promise.reject(full) };
    const world = { ...goal.world, git: { ...goal.world.git, openVault: async () => vault } };
    await assert.rejects(stopGoal(world, goal.session.goal, 'pause', 'x'), full);
    assert.ok(goal.asked.includes('publish'));
    assert.deepEqual(goal.leases, ['taken', 'given back'], 'and the lease is given back');
  });

  test('of what is final are refused, and write nothing', async () => {
    const goal = await goalWith([...WORK, { type: 'goal.cancelled', data: { why: 'x' } }]);
    const before = await goal.types();
    await assert.rejects(stopGoal(goal.world, goal.session.goal, 'pause', 'x'), { code: 'GOAL_TERMINAL' });
    assert.deepEqual(await goal.types(), before);
  });
});

suite('a goal is removed', () => {
  const CANCELLED: GoalEvent = { type: 'goal.cancelled', data: { why: 'x' } };

  test('with its snapshots, files, sealed checks and log, in this order', async () => {
    const goal = await goalWith([...WORK, CANCELLED]);
    const name = goal.session.goal;
    goal.vault.refs.set(`refs/omk/goals/${name}/result`, 'c').set('refs/omk/proofs', 'p');
    await removeGoal(goal.world, name, false);
    assert.deepEqual([...goal.vault.refs.keys()], ['refs/omk/proofs'], 'the proof stays');
    assert.deepEqual(goal.asked, [`remove ${name} with held-out/${name}.json`, 'remove the log']);
  });

  test('only when it has ended, or by force', async () => {
    const goal = await goalWith(WORK);
    await assert.rejects(removeGoal(goal.world, goal.session.goal, false), { code: 'GOAL_NOT_ENDED', fix: /--force/ });
    assert.equal(goal.asked.length, 0);
    assert.deepEqual(goal.leases, ['taken', 'given back']);
    await removeGoal(goal.world, goal.session.goal, true);
    assert.ok(goal.asked.includes('remove the log'));
  });

  test('never while somebody works on it', async () => {
    const goal = await goalWith([...WORK, CANCELLED], { holder: 'process 4711' });
    await assert.rejects(removeGoal(goal.world, goal.session.goal, true), {
      code: 'GOAL_BUSY',
      message: /process 4711/,
    });
    assert.deepEqual(goal.asked, []);
  });

  test('the log stays where its files cannot be removed, so that it can be tried again', async () => {
    const goal = await goalWith([...WORK, CANCELLED]);
    const files = { ...goal.world.files, removeGoal: () => Promise.reject(new Error('busy')) };
    await assert.rejects(removeGoal({ ...goal.world, files }, goal.session.goal, false), /busy/);
    assert.equal(goal.asked.includes('remove the log'), false);
    assert.deepEqual(goal.leases, ['taken', 'given back']);
  });
});
