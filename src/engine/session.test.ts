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
