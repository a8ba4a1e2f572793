import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Lease, LeaseResult } from '../store/port.ts';
import { storeWith, whileLeased } from './lease.ts';
import { Session } from './session.ts';
import { goalUnderTest } from './testing/goal.ts';

const signal = new AbortController().signal;

test('one process works on a goal, and gives it back also when its work fails', async (t) => {
  const { store, clock, session } = await goalUnderTest(t, {});
  const work = whileLeased({ store, clock }, session.goal, signal, async () => {
    await assert.rejects(
      whileLeased({ store, clock }, session.goal, signal, async () => undefined),
      { code: 'GOAL_BUSY', message: /is being worked on by process \d+ since/ },
    );
    throw new Error('it fails');
  });
  await assert.rejects(work, /it fails/);
  assert.equal(await store.holder(session.goal), null);
});

test('work that lost its lease is told so, and records nothing before it knows', async (t) => {
  const { store, clock, session } = await goalUnderTest(t, {});
  const given: Lease[] = [];
  const lease = async (goal: string): Promise<LeaseResult> => {
    const result = await store.lease(goal);
    if (result.kind === 'held') given.push(result.lease);
    return result;
  };
  const doors = { clock, store: storeWith(store, { lease }) };
  await whileLeased(doors, session.goal, signal, async (held, inner) => {
    const mine = await Session.open(inner, session.goal);
    await mine.append({ type: 'goal.paused', data: { why: 'first' } });
    // As when it was taken for dead, and another process was given the goal.
    await given[0]?.release();
    await assert.rejects(mine.append({ type: 'goal.resumed', data: { why: 'late' } }), { code: 'LEASE_LOST' });
    assert.equal(held.aborted, false, 'it does not know yet');
    clock.advance(5_000);
    await new Promise((resolve) => held.addEventListener('abort', resolve));
  });
  const types = (await store.read(session.goal)).map(({ event }) => event.type);
  assert.deepEqual(types.slice(-1), ['goal.paused']);
});
