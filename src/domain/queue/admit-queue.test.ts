import assert from 'node:assert/strict';
import { test } from 'node:test';
import { admits } from '../transition/admit.ts';
import { chainOf } from '../goal/chain.ts';
import { wrongReturn } from './admit-queue.ts';
import type { GoalEvent } from '../goal/event.ts';
import type { GoalState } from '../goal/state.ts';
import type { Plan } from '../plan/plan.ts';
import { tree } from '../testing/build.ts';
import { simulateTasks } from '../testing/simulate-tasks.ts';
import { tapeOf } from '../testing/tape.ts';

const plan: Plan = {
  criteria: ['t1', 't2', 't3'].map((id) => ({ id: `c-${id}`, text: id, kind: 'tests', ids: [`test ${id}`] })),
  tasks: ['t1', 't2', 't3'].map((id) => ({
    id,
    title: id,
    brief: '',
    needs: id === 't3' ? ['t1'] : [],
    writes: [],
    criteria: [`c-${id}`],
  })),
};

/** The state before each event of one honest goal. */
function history(): readonly { readonly before: GoalState; readonly event: GoalEvent }[] {
  const found: { before: GoalState; event: GoalEvent }[] = [];
  let last: GoalState | null = null;
  const world = {
    plan,
    options: { maxAgents: 3 },
    work: (task: string) => ({ [task]: 'good' }),
    crashes: 0,
    resumes: 0,
  };
  simulateTasks(world, tapeOf([0]), (state, event) => {
    if (last) found.push({ before: last, event });
    last = state;
  });
  return found;
}

const HISTORY = history();

test('work lands only as the front of the queue, as it was merged and judged', () => {
  const at = HISTORY.find(({ event }) => event.type === 'tasks.integrated');
  assert.ok(at?.event.type === 'tasks.integrated');
  const { data } = at.event;
  const refusal = (change: Partial<typeof data>, state = at.before): string | null =>
    admits(state, { type: 'tasks.integrated', data: { ...data, ...change } });
  assert.equal(refusal({}), null);
  assert.match(refusal({ tasks: [] }) ?? '', /not the front/);
  assert.match(refusal({ tasks: data.tasks.map((each) => ({ ...each, task: 't3' })) }) ?? '', /not the front/);
  assert.match(refusal({ tasks: data.tasks.map((each) => ({ ...each, tree: tree('x') })) }) ?? '', /not the front/);
  assert.match(refusal({ tree: tree('x') }) ?? '', /not that of the last task/);
  const unmeasured = {
    ...at.before,
    measurements: at.before.measurements.filter(({ purpose }) => purpose === 'baseline'),
  };
  assert.match(refusal({}, unmeasured) ?? '', /not judged yet|does not hold/);
});

test('a task starts from nothing but a head that holds what it needs, and nothing good is sent back or given up', () => {
  const start = HISTORY.find(({ event }) => event.type === 'attempt.started' && event.data.task === 't3');
  assert.ok(start?.event.type === 'attempt.started');
  const { base: _base, ...withoutBase } = start.event.data;
  assert.equal(admits(start.before, start.event), null);
  assert.match(admits(start.before, { type: 'attempt.started', data: withoutBase }) ?? '', /without task t1/);
  const foreign = { ...start.event.data, base: { commit: 'e'.repeat(40), tree: tree('x') } };
  assert.match(admits(start.before, { type: 'attempt.started', data: foreign }) ?? '', /not start from an integrated/);
  const unsent = { ...start.event.data, merged: { attempt: 1, paths: [] } };
  assert.match(admits(start.before, { type: 'attempt.started', data: unsent }) ?? '', /did not come back/);

  const landing = HISTORY.find(({ event }) => event.type === 'tasks.integrated');
  assert.ok(landing?.event.type === 'tasks.integrated');
  const [first] = landing.event.data.tasks;
  assert.ok(first);
  const { task, attempt } = first;
  const back = (why: Extract<GoalEvent, { type: 'task.returned' }>['data']['why']): string | null =>
    admits(landing.before, { type: 'task.returned', data: { task, attempt, why } });
  assert.match(back({ kind: 'conflict', onto: tree('x'), paths: ['a'] }) ?? '', /no conflict/);
  assert.notEqual(back({ kind: 'red', tree: first.tree, gaps: [], beside: [] }), null);
  assert.notEqual(admits(landing.before, { type: 'task.given_up', data: { task } }), null);
});

test('work is sent back only for what speaks against it: a conflict of its own, or being red alone on the head', () => {
  const landings = HISTORY.filter(({ event }) => event.type === 'tasks.integrated');
  let conflicts = 0;
  for (const { before, event } of landings) {
    assert.ok(event.type === 'tasks.integrated');
    const [first] = event.data.tasks;
    assert.ok(first);
    type Back = Extract<GoalEvent, { type: 'task.returned' }>['data'];
    const back = (data: Partial<Back>, state = before): string | null =>
      admits(state, {
        type: 'task.returned',
        data: {
          task: first.task,
          attempt: first.attempt,
          why: { kind: 'red', tree: first.tree, gaps: [], beside: [] },
          ...data,
        },
      });
    assert.match(back({}) ?? '', /nothing speaks against/);
    const other = ['t1', 't2', 't3'].find((id) => id !== first.task) ?? '';
    assert.match(back({ task: other }) ?? '', /not judged alone|no accepted|not accepted/);
    assert.match(back({ why: { kind: 'red', tree: tree('x'), gaps: [], beside: [] } }) ?? '', /not judged alone/);
    const merges = new Map([...before.merges].map(([key]) => [key, { kind: 'conflict', paths: ['a'] } as const]));
    const torn = { ...before, merges };
    const why = { kind: 'conflict', onto: first.tree, paths: ['a'] } as const;
    for (const task of ['t1', 't2', 't3'])
      for (const attempt of [1, 2, 3]) {
        const own = chainOf(torn).conflicts.some((each) => each.task === task && each.attempt === attempt);
        conflicts += own ? 1 : 0;
        assert.equal(wrongReturn(torn, { task, attempt, why }), own ? null : `task ${task} has no conflict`);
      }
  }
  assert.ok(conflicts > 0, 'a merge can conflict');
});
