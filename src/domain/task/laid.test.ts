import assert from 'node:assert/strict';
import { test } from 'node:test';
import { blocking, readiness } from '../judge/readiness.ts';
import type { GoalState } from '../goal/state.ts';
import type { GoalEvent, GoalOptions } from '../goal/event.ts';
import type { Plan } from '../plan/plan.ts';
import { simulateTasks, type Work } from '../testing/simulate-tasks.ts';
import { tapeOf } from '../testing/tape.ts';

const plan: Plan = {
  criteria: ['t1', 't2'].map((id) => ({ id: `c-${id}`, text: id, kind: 'tests', ids: [`test ${id}`] })),
  tasks: ['t1', 't2'].map((id) => ({
    id,
    title: id,
    brief: '',
    needs: id === 't2' ? ['t1'] : [],
    writes: [],
    criteria: [`c-${id}`],
  })),
};

/** The first task adds a test of its own; what the second does is given. */
function play(second: Readonly<Record<string, string>>, options: Partial<GoalOptions> = {}) {
  const events: GoalEvent[] = [];
  const work: Work = (task) => (task === 't1' ? { t1: 'good', 'own-t1': 'strict' } : { t2: 'good', ...second });
  const world = { plan, options: { maxAttempts: 1, ...options }, work, crashes: 0, resumes: 0 };
  const state: GoalState = simulateTasks(world, tapeOf([0]), (_, event) => events.push(event));
  return { state, events, landed: state.landed.map(({ task }) => task) };
}

test('a later task that weakens a test which another added, and needs that, does not land', () => {
  const { state, landed } = play({ lib: 'broken', 'own-t1': 'weak' });
  assert.deepEqual(landed, ['t1']);
  const gap = blocking(readiness(state)).find(({ code }) => code === 'G_OPEN_QUESTION' || code === 'G_TASK_OPEN');
  assert.ok(gap);
  const question = state.questions.at(-1)?.question;
  assert.deepEqual(question?.code === 'contract_changed' ? question.paths : [], ['own-t1']);
  assert.equal(state.status, 'blocked_on_human');
});

test('a change of such a test that the code does not need lands, as does code that the test does not mind', () => {
  assert.equal(play({ 'own-t1': 'weak' }).state.status, 'ready');
  assert.equal(play({ 'own-t2': 'strict' }).state.status, 'ready');
});

test('tests of the head are looked at once for each candidate, and not where it is the base', () => {
  const { events } = play({ 'own-t2': 'strict' });
  const laid = events.flatMap((event) => (event.type === 'tests.laid' ? [event.data] : []));
  assert.equal(laid.length, 1);
  const [{ start, candidate, tree } = assert.fail()] = laid;
  assert.equal(tree, candidate);
  assert.notEqual(start, candidate);
});
