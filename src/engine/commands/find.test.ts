import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Status } from '../../domain/status.ts';
import { snapshotOf, tree } from '../../domain/testing/build.ts';
import { fold } from '../../domain/transition/evolve.ts';
import { created } from '../../domain/testing/build.ts';
import { planOf, started, taskOf, turned } from '../testing/events.ts';
import type { GoalSummary, LogLine } from '../../store/port.ts';
import type { GoalState } from '../../domain/goal/state.ts';
import { findGoal } from './find.ts';
import { goalOfCommit } from './goal-of-commit.ts';
import { requireChange, requireKept } from './kept.ts';

const summary = (goal: string, status: Status = 'ready'): GoalSummary => ({
  goal,
  repository: 'r',
  title: 'x',
  status,
  createdAt: '2026-01-31T12:00:00.000Z',
  updatedAt: '2026-01-31T12:00:00.000Z',
});

const store = (...goals: readonly string[]) => ({
  list: async (filter?: { readonly repository?: string }) =>
    filter?.repository === undefined || filter.repository === 'r' ? goals.map((goal) => summary(goal)) : [],
});
const here =
  (repository = 'r') =>
  async () =>
    repository;
const find = async (name: string, goals: readonly string[], repository = 'r') =>
  (await findGoal(store(...goals), name, here(repository))).goal;

suite('a goal is found', () => {
  test('by its name, by the beginning of it, and as the latest of the repository here', async () => {
    assert.equal(await find('g-2', ['g-1', 'g-2']), 'g-2');
    assert.equal(await find('g-1', ['g-1', 'g-10']), 'g-1', 'a whole name is no beginning of another');
    assert.equal(await find('g-20260131-a', ['g-20260131-abcd', 'g-2']), 'g-20260131-abcd');
    assert.equal(await find('latest', ['g-new', 'g-old']), 'g-new');
  });

  test('or it is said that there is none, or that there are more', async () => {
    await assert.rejects(find('g-9', ['g-1']), { code: 'GOAL_NOT_FOUND' });
    await assert.rejects(find('g-', ['g-1', 'g-2']), { code: 'GOAL_AMBIGUOUS', message: /g-1, g-2/ });
    await assert.rejects(find('latest', ['g-1'], 'another'), { code: 'GOAL_NOT_FOUND', message: /in this repository/ });
  });

  test('and one of omk 0.5.0 is named as that', async () => {
    await assert.rejects(find('goal-20250101-x', []), { code: 'GOAL_OF_0_5_0', fix: /omk import 0\.5\.0/ });
  });
});

suite('a goal is found by the commit that it made', () => {
  const integrated = (commit: string): LogLine =>
    Object.assign(JSON.parse('{}'), { event: { type: 'goal.integrated', data: { commit } }, line: '' });
  const logs = (of: Readonly<Record<string, readonly LogLine[]>>) => ({
    ...store(...Object.keys(of)),
    read: async (goal: string) => of[goal] ?? [],
  });

  test('whole or by its beginning', async () => {
    const both = logs({ 'g-1': [integrated('aaaa1')], 'g-2': [integrated('bbbb2')] });
    assert.equal(await goalOfCommit(both, 'bbbb2'), 'g-2');
    assert.equal(await goalOfCommit(both, 'aaa'), 'g-1');
  });

  test('none is no goal, and two are a question', async () => {
    assert.equal(await goalOfCommit(logs({ 'g-1': [] }), 'aaa'), null);
    const both = logs({ 'g-1': [integrated('aaaa1')], 'g-2': [integrated('aaaa1')] });
    await assert.rejects(goalOfCommit(both, 'aaaa1'), { code: 'COMMIT_AMBIGUOUS', message: /g-1 and g-2/ });
  });
});

suite('kept work', () => {
  const [one, two] = [tree('one'), tree('two')];
  const worked = (...tasks: readonly string[]): GoalState =>
    fold([
      { type: 'goal.created', data: created() },
      planOf(...tasks.map((id) => taskOf(id))),
      started(1),
      ...turned(1, 1, snapshotOf(one)),
      ...turned(1, 2, snapshotOf(two)),
    ]);
  const ANY = { attempt: null, turn: null };

  test('is the newest, or the one that was asked for', () => {
    assert.deepEqual(
      [requireKept(worked('t1'), 'g', ANY).turn, requireKept(worked('t1'), 'g', { attempt: 1, turn: 1 }).turn],
      [2, 1],
    );
    assert.equal(requireChange(worked('t1'), 'g', { attempt: 1, turn: 1 }).snapshot.candidate, one);
  });

  test('that is not there is refused with what there is', () => {
    assert.throws(() => requireKept(worked('t1'), 'g', { attempt: 1, turn: 7 }), {
      code: 'NO_CANDIDATE',
      fix: 'there is: --attempt 1 --turn 1, --attempt 1 --turn 2',
    });
  });

  test('of a task that is not there names the tasks', () => {
    assert.throws(() => requireKept(worked('t1', 't2'), 'g', { ...ANY, task: 't9' }), {
      code: 'TASK_NOT_FOUND',
      fix: 'its tasks are: t1, t2',
    });
    const before = fold([{ type: 'goal.created', data: created() }]);
    assert.throws(() => requireKept(before, 'g', { ...ANY, task: 't9' }), { fix: 'it has no plan yet' });
  });

  test('of a goal that has none says how to get some', () => {
    const before = fold([{ type: 'goal.created', data: created() }]);
    assert.throws(() => requireKept(before, 'g-7', ANY), { code: 'NO_CANDIDATE', exit: 3, fix: /omk goal pause g-7/ });
    const paused = fold([
      { type: 'goal.created', data: created() },
      { type: 'goal.paused', data: { why: 'x' } },
    ]);
    assert.throws(() => requireKept(paused, 'g-7', ANY), { fix: 'omk goal status g-7' });
  });

  test('of a given change is that change, and no attempt of it', () => {
    const given = {
      snapshot: snapshotOf(one),
      from: 'commit',
      commit: null,
      name: 'x',
      expect: 'fix',
      accepts: [],
    } as const;
    const state = fold([{ type: 'goal.created', data: created({}, given) }]);
    assert.deepEqual(
      [requireChange(state, 'g', ANY).snapshot.candidate, requireChange(state, 'g', ANY).attempt],
      [one, null],
    );
    assert.throws(() => requireChange(state, 'g', { attempt: 1, turn: 1 }), {
      message: /judged a change as it was given/,
    });
  });
});
