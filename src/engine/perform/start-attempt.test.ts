import assert from 'node:assert/strict';
import { test } from 'node:test';
import { created } from '../../domain/testing/build.ts';
import type { GoalState } from '../../domain/goal/state.ts';
import { tasksOfPlan } from '../../domain/goal/task.ts';
import { planOf, started, taskOf } from '../testing/events.ts';
import { fakeContext, type Faked } from '../testing/fake-context.ts';
import { startAttempt } from './start-attempt.ts';

const FILES = { 'a.txt': 'a\n' };
const begin = async ({ context, appended }: Faked, intent: Partial<Parameters<typeof startAttempt>[1]> = {}) => {
  const before = appended().length;
  await startAttempt(context, { kind: 'start_attempt', key: 'attempt:1', attempt: 1, task: 't1', ...intent });
  const [event] = appended().slice(before);
  assert.ok(event?.type === 'attempt.started');
  return event.data;
};

test('an attempt gets a worktree of the base in a directory of its own, with what lies beside the tree', async () => {
  const goal = await fakeContext({ base: FILES, events: [planOf(taskOf('t1'))], state: {} });
  const { worktree, base, merged, role } = await begin(goal);
  assert.equal(worktree, `/state/worktrees/${goal.session.goal}/1/tree`);
  assert.deepEqual(goal.vault.worktrees.get(worktree), FILES);
  assert.deepEqual([base, merged, role], [undefined, undefined, undefined]);
  assert.deepEqual(goal.asked, [`place beside ${worktree}`]);
});

/** A vault with one commit, and the goal that has it as its head. */
async function landed(state: Partial<GoalState> = {}, ours = 'landed\n') {
  const { vault } = await fakeContext({ base: FILES });
  const tree = vault.treeWith({ 'a.txt': ours });
  const head = { tree, commit: await vault.commit({ tree, parent: 'c', message: '', ref: 'r', at: 0 }) };
  const goal = await fakeContext({ base: FILES, vault, state: { head, ...state } });
  return { ...goal, head };
}

test('it begins on what has landed, and says so', async () => {
  const goal = await landed();
  const { base, worktree } = await begin(goal, { attempt: 2, task: 't2' });
  assert.deepEqual(base, goal.head);
  assert.deepEqual(goal.vault.worktrees.get(worktree), { 'a.txt': 'landed\n' });
});

test('a fork begins on the work that it goes on with, and its sessions of roles on the base', async () => {
  for (const [role, files] of [
    [undefined, { 'a.txt': 'forked\n' }],
    ['oracle', FILES],
  ] as const) {
    const { head: start, vault } = await landed({}, 'forked\n');
    const origin = { kind: 'fork', goal: 'g-0', seq: 9, start } as const;
    const goal = await fakeContext({ base: FILES, vault, state: { created: { ...created(), origin } } });
    const { worktree } = await begin(goal, role === undefined ? {} : { role, task: 'oracle' });
    assert.deepEqual(goal.vault.worktrees.get(worktree), files);
  }
});

test('work that came back is merged onto the head first, and files with both sides are named', async () => {
  const { vault, head } = await landed({}, 'ours\n');
  const theirs = vault.treeWith({ 'a.txt': 'theirs\n' });
  const why = { kind: 'conflict', onto: head.tree, paths: ['a.txt'] } as const;
  const [first] = tasksOfPlan({ criteria: [], tasks: [taskOf('t2')] }, [], 3);
  assert.ok(first);
  const tasks = [{ ...first, returned: [{ attempt: 1, candidate: theirs, why }] }];
  const before = await fakeContext({ state: {}, events: [planOf(taskOf('t2')), started(1, 't2')] });
  const goal = await fakeContext({
    base: FILES,
    vault,
    state: { head, tasks, attempts: before.session.state.attempts },
  });
  const { merged, worktree } = await begin(goal, { attempt: 2, task: 't2' });
  assert.deepEqual(merged, { attempt: 1, paths: ['a.txt'] });
  assert.match(goal.vault.worktrees.get(worktree)?.['a.txt'] ?? '', /^<{7}.*ours.*theirs.*>{7}/s);
});

test('the place on the ladder is recorded with the start, and what the budgets allowed', async () => {
  const goal = await fakeContext({ base: FILES, events: [planOf(taskOf('t1'))], state: {} });
  const next = { rung: 'smaller', agent: 'fallback' } as const;
  const data = await begin(goal, { next });
  assert.deepEqual([data.rung, data.agent], ['smaller', 'fallback']);
  assert.equal(typeof data.admission?.taskSecs, 'string');
});

test('where the worktree cannot be made, nothing is recorded, and the next try has a directory of its own', async () => {
  const goal = await fakeContext({ base: FILES, events: [planOf(taskOf('t1'))], state: {} });
  const failing = {
    ...goal.context,
    vault: { ...goal.vault, createWorktree: () => Promise.reject(new Error('full')) },
  };
  await assert.rejects(startAttempt(failing, { kind: 'start_attempt', key: 'k', attempt: 1, task: 't1' }), /full/);
  assert.deepEqual(goal.appended(), []);
  assert.equal((await begin(goal)).attempt, 1);
});
