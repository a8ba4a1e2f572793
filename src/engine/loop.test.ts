import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { OmkError } from '../domain/error.ts';
import { BASE, gateSpec, notStarted, measurement, policyOf } from '../domain/testing/build.ts';
import type { GoalEvent } from '../domain/goal/event.ts';
import type { Context } from './context.ts';
import { work } from './loop.ts';
import { StopRequest } from './stop-request.ts';
import { goalUnderTest } from './testing/goal.ts';

interface Doors {
  /** What finding gates does, which a goal begins with. */
  readonly resolve: (stop: AbortController) => Promise<unknown>;
  readonly run?: (round: number) => Promise<unknown>;
}

/** A goal that has just begun, and a world of which only gates answer. */
async function begun(t: TestContext, { resolve, run }: Doors, events: readonly GoalEvent[] = []) {
  const goal = await goalUnderTest(t, {}, events);
  const stop = new AbortController();
  const none = async () => ({ kind: 'none', why: 'nothing to install' });
  const world = {
    version: '9',
    concurrency: 2,
    clock: goal.clock,
    store: goal.store,
    gates: {
      resolve: () => resolve(stop),
      layer: none,
      run: ({ round }: { readonly round: number }) => run?.(round),
    },
    git: {
      supplies: async () => ({
        secrets: [],
        told: { lacks: [], submodules: [], included: [], lfs: [] },
        git: { commit: BASE },
      }),
    },
    files: { exists: async () => false },
  };
  const context = {
    world,
    session: goal.session,
    vault: { root: '/r' },
    notify: () => undefined,
    signal: stop.signal,
    elapsed: () => 1n,
  } as object as Context;
  return { ...goal, context, stop };
}

const types = (lines: readonly { readonly event: { readonly type: string } }[]): readonly string[] =>
  lines.map(({ event }) => event.type);

for (const [exit, status] of [
  [4, 'blocked_on_external'],
  [6, 'failed_infra'],
] as const)
  test(`a door that fails with a sentence of exit ${exit} ends the goal as ${status}, with that sentence`, async (t) => {
    const failure = new OmkError('GIT_FAILED', 'git is not installed', 'install git', { exit });
    const { context } = await begun(t, { resolve: () => Promise.reject(failure) });
    const state = await work(context);
    assert.equal(state.status, status);
    assert.deepEqual(state.ended?.failure, { code: 'GIT_FAILED', text: 'git is not installed', fix: 'install git' });
    assert.equal(state.ended?.omk, '9');
  });

test('an error of the disk is told as a sentence, too', async (t) => {
  const full = Object.assign(new Error('ENOSPC'), { code: 'ENOSPC', syscall: 'write' });
  const { context } = await begun(t, { resolve: () => Promise.reject(full) });
  const state = await work(context);
  assert.deepEqual([state.status, state.ended?.failure?.code], ['failed_infra', 'DISK_FULL']);
});

test('a bug is thrown and ends nothing: the goal can go on after it is mended', async (t) => {
  const { context, session } = await begun(t, { resolve: () => Promise.reject(new TypeError('a bug')) });
  await assert.rejects(work(context), /a bug/);
  assert.deepEqual(types(session.lines), ['goal.created']);
});

test('an event that cannot follow is a bug of omk, not of the machine', async (t) => {
  const refusal = new OmkError('GOAL_REFUSES', 'Goal refuses it', 'omk goal show', { exit: 6 });
  const { context, session } = await begun(t, { resolve: () => Promise.reject(refusal) });
  await assert.rejects(work(context), refusal);
  assert.equal(session.state.status, 'running');
});

test('a stop pauses the goal, says who asked, and leaves the budget where it stood', async (t) => {
  const { context, session } = await begun(t, {
    resolve: async (stop) => {
      stop.abort(new StopRequest('stopped by omk goal pause'));
      return policyOf(gateSpec());
    },
  });
  const state = await work(context);
  assert.equal(state.status, 'paused');
  const paused = session.lines.map(({ event }) => event).find(({ type }) => type === 'goal.paused');
  assert.deepEqual(paused?.data, { why: 'stopped by omk goal pause' });
  assert.equal(types(session.lines).at(-1), 'budget.checkpoint');
});

test('a failure after somebody else ended the goal adds nothing to it', async (t) => {
  const { context, session } = await begun(t, {
    resolve: async () => {
      const other = await reopen();
      await other.append({ type: 'goal.cancelled', data: { why: 'by a user' } });
      throw new OmkError('GIT_FAILED', 'git is not installed', 'install git', { exit: 6 });
    },
  });
  const reopen = async () => (await import('./session.ts')).Session.open(context.world, session.goal);
  const state = await work(context);
  assert.equal(state.status, 'cancelled');
  assert.equal(types(session.lines).at(-1), 'goal.cancelled');
});

test('it goes on from event to event until nothing is left: gates are found, prepared for and run twice', async (t) => {
  const rounds: number[] = [];
  const { context, session } = await begun(t, {
    resolve: async () => policyOf(gateSpec()),
    run: async (round) => {
      rounds.push(round);
      return measurement({ purpose: 'baseline', round, tree: BASE, ...notStarted('tool') });
    },
  });
  const state = await work(context);
  assert.notEqual(state.status, 'running');
  assert.deepEqual(rounds.slice(0, 1), [1]);
  assert.deepEqual(types(session.lines).slice(0, 3), ['goal.created', 'policy.resolved', 'dependencies.prepared']);
});
