import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite, test, type TestContext } from 'node:test';
import type { UsageEntry } from '../../domain/budget/usage-entry.ts';
import type { GoalEvent } from '../../domain/goal/event.ts';
import { created } from '../../domain/testing/build.ts';
import type { Notice } from '../../engine/world.ts';
import { openStore } from '../../store/open.ts';
import type { LeaseResult, Store } from '../../store/port.ts';
import { systemClock } from '../../world/clock/system.ts';
import { followGoal } from './follow.ts';
import { burnDown } from '../../surfaces/cli/live/watch.ts';

const { goal } = created();
const budget = { time: null, tokens: '1000', picoUsd: null };
const CREATED: GoalEvent = { type: 'goal.created', data: created({ budget }) };
const usage = (key: string, tokens: string): GoalEvent => {
  const data: UsageEntry = {
    key,
    sessionType: 'attempt',
    name: 'attempt-1',
    attempt: 1,
    turn: 1,
    reporting: 'call',
    model: null,
    inputTokens: tokens,
    cachedTokens: null,
    outputTokens: null,
    picoUsd: null,
    priced: null,
  };
  return { type: 'usage.recorded', data };
};

/** A store, and another handle on it as another process has. */
async function stores(
  t: TestContext,
): Promise<readonly [Store, (version: number, ...events: readonly GoalEvent[]) => Promise<unknown>]> {
  const stateDir = mkdtempSync(join(tmpdir(), 'omk-follow-'));
  const clock = { now: () => Date.parse('2026-01-31T12:00:00Z') };
  const [here, there] = [await openStore({ stateDir, clock }), await openStore({ stateDir, clock })];
  t.after(async () => {
    await Promise.all([here.close(), there.close()]);
    rmSync(stateDir, { recursive: true, force: true });
  });
  const summary = { goal, repository: 'r', title: '', status: 'running', createdAt: '', updatedAt: '' } as const;
  return [here, (version, ...events) => there.append(goal, version, events, summary)];
}

suite('following a goal', () => {
  test('tells every event so far and each that another process appends, how the budgets stand, and ends with the goal', async (t) => {
    const [store, append] = await stores(t);
    await append(0, CREATED, usage('s#1', '250'));
    const seen: Notice[] = [];
    const more = Promise.withResolvers<void>();
    const following = followGoal(
      { store, attended: () => undefined, clock: { ...systemClock, now: () => Date.parse('2026-01-31T12:00:07Z') } },
      goal,
      (notice) => {
        seen.push(notice);
        if (notice.kind === 'budget') more.resolve();
      },
      new AbortController().signal,
    );
    await more.promise;
    await append(2, usage('s#2', '250'));
    await append(3, { type: 'goal.cancelled', data: { why: 'x' } });
    const state = await following;
    assert.deepEqual([state.status, state.version], ['cancelled', 4]);
    assert.deepEqual(
      seen.flatMap((notice) => (notice.kind === 'event' ? [notice.event.type] : [])),
      ['goal.created', 'usage.recorded', 'usage.recorded', 'goal.cancelled'],
    );
    const stands = seen.find((notice) => notice.kind === 'budget');
    assert.deepEqual(stands?.kind === 'budget' && [stands.state.budget.ledger.tokens, stands.secs], [250n, 7n]);
  });

  test('of one that does not run is told to the end at once', async (t) => {
    const [store, append] = await stores(t);
    await append(0, CREATED, { type: 'goal.paused', data: { why: 'x' } });
    const state = await followGoal(
      { store, clock: { ...systemClock, now: () => 0 }, attended: () => undefined },
      goal,
      () => undefined,
      new AbortController().signal,
    );
    assert.equal(state.status, 'paused');
  });

  test('says whether somebody works on it, at first and when that changes, however little happens', async (t) => {
    const [store, append] = await stores(t);
    await append(0, CREATED);
    const said: boolean[] = [];
    const stop = new AbortController();
    const leases: LeaseResult[] = [];
    const attended = (is: boolean): void => {
      said.push(is);
      if (said.length === 1) void store.lease(goal).then((lease) => void leases.push(lease));
      if (said.length === 2) for (const each of leases) if (each.kind === 'held') void each.lease.release();
      if (said.length === 3) stop.abort();
    };
    await followGoal({ store, clock: { ...systemClock, now: () => 0 }, attended }, goal, () => undefined, stop.signal);
    assert.deepEqual(said, [false, true, false]);
  });

  test('stops when it is told to, and changes nothing', async (t) => {
    const [store, append] = await stores(t);
    await append(0, CREATED);
    const stop = new AbortController();
    const state = await followGoal(
      { store, clock: { ...systemClock, now: () => 0 }, attended: () => undefined },
      goal,
      () => stop.abort(),
      stop.signal,
    );
    assert.equal(state.status, 'running');
    assert.equal((await store.read(goal)).length, 1);
  });
});

test('the burn-down is said when something was used or added since, not every second', async (t) => {
  const [store, append] = await stores(t);
  await append(0, CREATED, usage('s#1', '250'));
  const stop = new AbortController();
  const state = await followGoal(
    { store, clock: { ...systemClock, now: () => 0 }, attended: () => undefined },
    goal,
    () => stop.abort(),
    stop.signal,
  );
  const burnt = burnDown();
  assert.equal(burnt({ kind: 'budget', state, secs: 1n }), 'budget: tokens 250 of 1,000 (25 %)');
  assert.equal(burnt({ kind: 'budget', state, secs: 2n }), null);
  const added = { ...state, budget: { ...state.budget, stored: { ...budget, tokens: '2000' } } };
  assert.equal(burnt({ kind: 'budget', state: added, secs: 3n }), 'budget: tokens 250 of 2,000 (12 %)');
});
