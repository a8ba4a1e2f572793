import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Link } from '../../domain/goal/chain.ts';
import { FIX, tree } from '../../domain/testing/build.ts';
import { planOf, started, taskOf } from '../testing/events.ts';
import { fakeContext } from '../testing/fake-context.ts';
import { integrate } from './integrate.ts';
import { land } from './land.ts';

const BASE_COMMIT = 'c'.repeat(40);
const link = (task: string, attempt: number, of: string): Link => ({
  task,
  attempt,
  at: 1,
  base: tree('base'),
  candidate: tree(`${of} alone`),
  tree: tree(of),
});

suite('the result of one task', () => {
  test('is one commit on the base, kept by the ref of the result, at the time of the clock', async () => {
    const { context, vault, session, appended } = await fakeContext({ events: [started(1)], state: {} });
    await integrate(context, FIX);
    const [event] = appended();
    assert.ok(event?.type === 'goal.integrated');
    const made = vault.commits.get(event.data.commit);
    assert.deepEqual(
      [made?.tree, made?.parent, made?.ref],
      [FIX, session.state.created?.repository.commit, `refs/omk/goals/${session.goal}/result`],
    );
    assert.equal(made?.at, Date.parse('2026-01-31T12:00:00Z') / 1000);
    assert.match(made?.message ?? '', new RegExp(`\\nOmk-Goal: ${session.goal}\\n`));
  });

  test('made twice is the same commit, so that a crash between commit and event leaves one', async () => {
    const [one, other] = [
      await fakeContext({ events: [started(1)], state: {} }),
      await fakeContext({ events: [started(1)], state: {} }),
    ];
    await integrate(one.context, FIX);
    await integrate(other.context, FIX);
    assert.deepEqual(one.appended(), other.appended());
    await integrate(one.context, FIX);
    assert.equal(one.vault.commits.size, 1);
  });

  test('stands on a commit with the checks that the agent saw, where there are some', async () => {
    const content = Buffer.from('seen');
    const before = await fakeContext({});
    const blob = await before.store.putBlob(content);
    const file = { path: 'test/seen.test.js', mode: '100644', blob } as const;
    const heldOut = { commitment: 'c', paths: [file.path], hidden: [], oracle: tree('wrong'), visible: [file] };
    const result = async (checksFirst: boolean) => {
      const goal = await fakeContext({
        options: { heldOut, ...(checksFirst ? { checksFirst: true as const } : {}) },
        events: [started(1)],
        state: {},
      });
      await goal.store.putBlob(content);
      await integrate(goal.context, FIX);
      const [event] = goal.appended();
      assert.ok(event?.type === 'goal.integrated');
      return { ...goal, event, made: goal.vault.commits.get(event.data.commit) };
    };
    const { event, made, vault, session } = await result(true);
    const below = vault.commits.get(event.data.checks ?? '');
    assert.equal(made?.parent, event.data.checks);
    assert.equal(below?.parent, session.state.created?.repository.commit);
    assert.equal(vault.filesOf(below?.tree ?? '')[file.path], 'seen');
    assert.match(
      below?.message ?? '',
      /^Tests of: .+\n\nThey fail here, and pass with the next commit\.\n\nOmk-Goal: /,
    );
    const old = await result(false);
    assert.deepEqual(
      [old.event.data.checks, old.vault.commits.size],
      [undefined, 1],
      'goals of before have one commit',
    );
  });

  test('of tasks that landed is their head, and no further commit is made', async () => {
    const landed = { task: 't1', attempt: 1, candidate: FIX, tree: FIX, commit: 'd'.repeat(40) };
    const { context, vault, appended } = await fakeContext({
      state: { head: landed },
      events: [planOf(taskOf('t1'), taskOf('t2')), started(1)],
    });
    await integrate(context, FIX);
    assert.equal(vault.commits.size, 0);
    const [event] = appended();
    assert.ok(event?.type === 'goal.integrated');
    assert.equal(event.data.commit, landed.commit);
  });

  test('carries the author that the user named', async () => {
    const author = { name: 'A. User', email: 'a@example.org' };
    const asked: unknown[] = [];
    const { context } = await fakeContext({ events: [started(1)], options: { author }, state: {} });
    const commit = async (request: object) => (asked.push(Reflect.get(request, 'author')), 'd'.repeat(40));
    await integrate({ ...context, vault: { ...context.vault, commit } }, FIX);
    assert.deepEqual(asked, [author]);
  });
});

suite('tasks land', () => {
  const events = [planOf(taskOf('t1'), taskOf('t2', { title: 'Two\nlines' })), started(1, 't1'), started(2, 't2')];

  test('as one commit each, the first on the base, each on the one before', async () => {
    const { context, vault, appended } = await fakeContext({ state: {}, events });
    await land(context, [link('t1', 1, 'one'), link('t2', 2, 'two')]);
    const [event, ...more] = appended();
    assert.deepEqual(more, [], 'all of them in one event');
    assert.ok(event?.type === 'tasks.integrated');
    const [first, second] = event.data.tasks;
    const base = context.session.state.created?.repository.commit ?? BASE_COMMIT;
    assert.equal(vault.commits.get(first?.commit ?? '')?.parent, base);
    assert.equal(vault.commits.get(second?.commit ?? '')?.parent, first?.commit);
    assert.equal(event.data.tree, tree('two'));
  });

  test('and each commit names its task, its attempt and the tree that was judged', async () => {
    const { context, vault, appended } = await fakeContext({ state: {}, events });
    await land(context, [link('t1', 1, 'one'), link('t2', 2, 'two')]);
    const [event] = appended();
    assert.ok(event?.type === 'tasks.integrated');
    const messages = event.data.tasks.map(({ commit }) => vault.commits.get(commit)?.message ?? '');
    assert.match(messages[0] ?? '', /^Do t1\n[^]*Omk-Task: t1\nOmk-Attempt: 1\n/);
    assert.match(messages[1] ?? '', /^Two lines\n[^]*Omk-Task: t2\nOmk-Attempt: 2\n/);
    for (const message of messages) assert.match(message, new RegExp(`Omk-Tree: ${tree('two')}`));
  });

  test('on the head that there is, where some have landed before', async () => {
    const head = { commit: 'd'.repeat(40), tree: FIX };
    const { context, vault, appended } = await fakeContext({ state: { head }, events });
    await land(context, [link('t2', 2, 'two')]);
    const [event] = appended();
    assert.ok(event?.type === 'tasks.integrated');
    assert.equal(vault.commits.get(event.data.tasks[0]?.commit ?? '')?.parent, head.commit);
  });
});
