import assert from 'node:assert/strict';
import { test } from 'node:test';
import { OmkError } from '../domain/error.ts';
import type { GoalEvent } from '../domain/goal/event.ts';
import { goalUnderTest } from './testing/goal.ts';

const planned = (...tasks: readonly string[]): GoalEvent => ({
  type: 'plan.made',
  data: {
    plan: {
      criteria: [],
      tasks: tasks.map((id) => ({ id, title: id, brief: '', needs: [], writes: [], criteria: [] })),
    },
    refused: [],
  },
});

test('a plan that cannot run is refused with a code, a fix and exit 2, and nothing is written', async (t) => {
  const { session } = await goalUnderTest(t, {});
  const before = session.lines.length;
  await assert.rejects(session.append(planned('t1', 't1')), (error) => {
    assert.ok(error instanceof OmkError);
    assert.deepEqual([error.code, error.exit], ['PLAN_REFUSED', 2]);
    assert.match(error.message, /two tasks of the plan have one id/);
    return true;
  });
  assert.equal(session.lines.length, before);
  await assert.rejects(session.append(planned()), { code: 'PLAN_REFUSED' });
  await session.append(planned('t1'));
  assert.equal(session.state.plan?.tasks.length, 1);
});

test('an event that cannot follow is refused, and the whole batch with it', async (t) => {
  const { session } = await goalUnderTest(t, {});
  const before = session.lines.length;
  const twice = session.append(
    { type: 'goal.paused', data: { why: 'x' } },
    { type: 'attempt.ended', data: { attempt: 1, why: 'accepted' } },
  );
  await assert.rejects(twice, { code: 'GOAL_REFUSES', message: /the goal is paused/ });
  assert.equal(session.lines.length, before);
});

test('of two processes the slower one folds what the other appended before it appends', async (t) => {
  const goal = await goalUnderTest(t, {});
  const other = await goal.reopen();
  await other.append({ type: 'goal.paused', data: { why: 'x' } });
  await assert.rejects(goal.session.append({ type: 'goal.paused', data: { why: 'y' } }), { code: 'GOAL_REFUSES' });
  await goal.session.append({ type: 'goal.resumed', data: { why: 'z' } });
  assert.deepEqual(
    goal.session.lines.map(({ event }) => event.type),
    ['goal.created', 'goal.paused', 'goal.resumed'],
  );
});

test('what is appended is made of the state as it is then, and asked again when another process was first', async (t) => {
  const goal = await goalUnderTest(t, {});
  const other = await goal.reopen();
  const seen: number[] = [];
  await other.append({ type: 'output.lost', data: { stream: 'stderr', why: 'EPIPE' } });
  const value = await goal.session.appendFrom(() => {
    seen.push(goal.session.lines.length);
    return {
      events: [{ type: 'goal.paused', data: { why: 'x' } } as const],
      value: goal.session.lines.length,
    };
  });
  assert.deepEqual([seen, value], [[1, 2], 2]);
  assert.equal(goal.session.lines.length, 3);
});

test('what making an event throws is passed on with nothing written, and the next append goes on', async (t) => {
  const { session } = await goalUnderTest(t, {});
  await assert.rejects(
    session.appendFrom(() => {
      throw new RangeError('no');
    }),
    RangeError,
  );
  assert.equal(session.lines.length, 1);
  await session.append({ type: 'goal.paused', data: { why: 'x' } });
  assert.equal(session.state.status, 'paused');
});

test('appends of one process at the same time follow one another, and each is notified once, with the state after it', async (t) => {
  const { session, notices } = await goalUnderTest(t, {});
  const from = notices.length;
  await Promise.all([
    session.append({ type: 'output.lost', data: { stream: 'stdout', why: 'EPIPE' } }),
    session.append({ type: 'goal.paused', data: { why: 'x' } }),
    session.refresh(),
  ]);
  assert.deepEqual(
    notices.slice(from).map((notice) => (notice.kind === 'event' ? [notice.event.type, notice.state.status] : [])),
    [
      ['output.lost', 'running'],
      ['goal.paused', 'paused'],
    ],
  );
});

test('what another process appended is read without being notified here', async (t) => {
  const { session, notices, reopen } = await goalUnderTest(t, {});
  const other = await reopen();
  await other.append({ type: 'goal.paused', data: { why: 'x' } });
  const before = notices.length;
  await session.refresh();
  assert.deepEqual([session.state.status, notices.length], ['paused', before]);
});

test('the catalogue has the goal as it is after each append', async (t) => {
  const { session, store, clock } = await goalUnderTest(t, {});
  clock.advance(60_000);
  await session.append({ type: 'goal.paused', data: { why: 'x' } });
  const [listed] = await store.list();
  assert.deepEqual(
    [listed?.goal, listed?.status, listed?.createdAt, listed?.updatedAt],
    [session.goal, 'paused', '2026-01-31T12:00:00.000Z', '2026-01-31T12:01:00.000Z'],
  );
});
