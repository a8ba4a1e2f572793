import assert from 'node:assert/strict';
import { test } from 'node:test';
import { admits } from '../transition/admit.ts';
import type { GoalEvent } from '../goal/event.ts';
import { blocking, readiness } from '../judge/readiness.ts';
import type { DataOf, GoalState } from '../goal/state.ts';
import type { Plan } from '../plan/plan.ts';
import { decideDone } from './done.ts';
import { simulateTasks, type Work } from '../testing/simulate-tasks.ts';
import { tapeOf } from '../testing/tape.ts';

/** Two tasks, and something that is asked of the whole. */
const plan: Plan = {
  criteria: ['t1', 't2', 'whole'].map((id) => ({ id: `c-${id}`, text: id, kind: 'tests', ids: [`test ${id}`] })),
  tasks: ['t1', 't2'].map((id) => ({
    id,
    title: id,
    brief: '',
    needs: id === 't2' ? ['t1'] : [],
    writes: [`${id}/`],
    criteria: [`c-${id}`],
  })),
};

type Kind = GoalEvent['type'];

/** Plays a goal one attempt after the other; the state before the first event of a type, and all events. */
function play(work: Work, maxAgents = 1) {
  const events: { readonly before: GoalState | null; readonly event: GoalEvent }[] = [];
  let last: GoalState | null = null;
  const state = simulateTasks(
    { plan, options: { maxAgents }, work, crashes: 0, resumes: 0 },
    tapeOf([0]),
    (now, event) => {
      events.push({ before: last, event });
      last = now;
    },
  );
  const of = <T extends Kind>(type: T): readonly DataOf<T>[] =>
    events.flatMap(({ event }) => (event.type === type ? [event.data as DataOf<T>] : []));
  const before = (type: Kind): GoalState => {
    const found = events.find(({ event }) => event.type === type)?.before;
    assert.ok(found, type);
    return found;
  };
  return { state, of, before };
}

const added = (task: DataOf<'task.added'>['task']): GoalEvent => ({ type: 'task.added', data: { task } });

test('where every task landed and the whole does not hold, one more task starts from all of it', () => {
  const { state, of, before } = play((task) => (task === 'final-1' ? { whole: 'good' } : { [task]: 'good' }));
  const [{ task } = assert.fail()] = of('task.added');
  assert.deepEqual(
    [task.id, task.needs, task.writes, task.criteria],
    ['final-1', ['t1', 't2'], ['t1/', 't2/'], ['c-t1', 'c-t2', 'c-whole']],
  );
  assert.match(task.brief, /these tests must run and pass: test whole/);
  assert.equal(
    of('attempt.started').find((each) => each.task === 'final-1')?.base?.tree,
    of('tasks.integrated').at(-2)?.tree,
  );
  assert.deepEqual([state.status, state.landed.map((each) => each.task)], ['ready', ['t1', 't2', 'final-1']]);

  const at = before('task.added');
  assert.equal(admits(at, added({ ...task, title: 'Other words', brief: '' })), null);
  assert.match(admits(at, added({ ...task, writes: [] })) ?? '', /not the task that mends/);
  assert.match(admits(state, added(task)) ?? '', /ready/);
  assert.ok(at.plan);
  const tried = { ...at, plan: { ...at.plan, tasks: [...at.plan.tasks, { ...task, id: 'final-0' }] } };
  assert.match(admits(tried, added(task)) ?? '', /nothing is to be mended/);
  assert.match(admits(before('tasks.integrated'), added(task)) ?? '', /nothing is to be mended/);
});

test('the whole is mended twice at most, then the goal is not ready, and says what the last attempt ran into', () => {
  const { state, of } = play((task) => (task === 'final-1' ? { whole: 'half' } : { [task]: 'good' }));
  assert.equal(of('task.added').length, 1);
  assert.equal(of('attempt.started').filter(({ task }) => task === 'final-1').length, 2);
  assert.equal(state.status, 'not_ready');
  const gaps = blocking(readiness(state));
  const open = gaps.find(({ code }) => code === 'G_TASK_OPEN');
  assert.match(open?.text ?? '', /no attempt at it succeeded; attempt 4: .*test whole/);
  assert.ok(gaps.some(({ code, subject }) => code === 'G_CRITERION_OPEN' && subject === 'c-whole'));
});

test('what the head has already needs no agent; nothing else is dropped as done', () => {
  const { state, of, before } = play((task) => ({ t1: 'good', t2: 'good', whole: 'good', [task]: 'good' }));
  const [dropped = assert.fail()] = of('task.dropped');
  assert.equal(dropped.task, 't2');
  assert.deepEqual(
    of('attempt.started').map(({ task }) => task),
    ['t1'],
  );
  assert.equal(state.status, 'ready');

  const drop = (data: DataOf<'task.dropped'>, at: GoalState): string | null =>
    admits(at, { type: 'task.dropped', data });
  const at = before('task.dropped');
  assert.equal(drop(dropped, at), null);
  assert.match(drop({ ...dropped, task: 't1' }, at) ?? '', /not to be dropped/);
  assert.match(drop({ ...dropped, head: { ...dropped.head, commit: 'e'.repeat(40) } }, at) ?? '', /no integrated head/);
  const honest = play((task) => (task === 'final-1' ? {} : { [task]: 'good' }));
  const later = honest.of('attempt.started').find(({ task }) => task === 't2');
  assert.ok(later?.base);
  const started = honest.before('task.added');
  assert.match(drop({ ...dropped, head: later.base }, { ...started, tasks: at.tasks }) ?? '', /not shown|not to be/);
});

test('a task whose tests come with it, and the task that mends the whole, are worked on whatever the head has', () => {
  const { before } = play((task) => ({ t1: 'good', t2: 'good', whole: 'good', [task]: 'good' }));
  const at = before('task.dropped');
  assert.ok(at.plan);
  assert.equal(decideDone(at, 't2')?.length, 1);
  const given = (criteria: Plan['criteria']): GoalState => ({ ...at, plan: { criteria, tasks: at.plan?.tasks ?? [] } });
  const [one, , whole] = plan.criteria;
  assert.ok(one && whole);
  const own = { id: 'c-t2', text: 't2' };
  for (const criterion of [
    { ...own, kind: 'tests', ids: [], files: ['test/t2.test.js'] },
    { ...own, kind: 'tests', ids: [] },
    { ...own, kind: 'timing', place: 0 },
    { ...own, kind: 'captures', places: [0] },
  ] as const)
    assert.equal(decideDone(given([one, criterion, whole]), 't2'), null, criterion.kind);
  const final = at.plan.tasks.map((task) =>
    task.id === 't2' ? { ...task, origin: { kind: 'final' as const } } : task,
  );
  assert.equal(decideDone({ ...at, plan: { ...at.plan, tasks: final } }, 't2'), null);
});

test('of a goal of which nothing landed, each open task says why, and nothing repeats it', () => {
  const { state } = play(() => ({}));
  const codes = blocking(readiness(state)).map(({ code }) => code);
  assert.equal(codes.filter((code) => code === 'G_TASK_OPEN').length, 2);
  assert.ok(!codes.includes('G_NO_CANDIDATE'), codes.join(' '));
});
