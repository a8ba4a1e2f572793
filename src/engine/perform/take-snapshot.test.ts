import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Snapshot } from '../../domain/git/snapshot.ts';
import type { GoalState } from '../../domain/goal/state.ts';
import { proposalFileOf } from '../../domain/task/proposal.ts';
import { DISPUTES } from '../../domain/oracle/claimed.ts';
import { handedIn } from '../../domain/testing/handed-in.ts';
import { fold } from '../../domain/transition/evolve.ts';
import { planOf, started, taskOf, turned } from '../testing/events.ts';
import { fakeContext, type FakeOptions } from '../testing/fake-context.ts';
import type { Files } from '../testing/memory-vault.ts';
import { takeSnapshot } from './take-snapshot.ts';

const FILES: Files = { 'src/a.js': 'a\n', 'docs/b.md': 'b\n' };
const TREE = '/attempts/1/tree';

/** A turn that is over, with what its worktree has. */
async function after(left: Files, { events = [planOf(taskOf('t1'))], ...more }: FakeOptions = {}) {
  const own = [...events, started(1), ...turned(1, 1)];
  const goal = await fakeContext({ base: FILES, events: own, ...more });
  goal.vault.worktrees.set(TREE, { ...FILES, ...left });
  return goal;
}

type Goal = Awaited<ReturnType<typeof after>>;

async function taken({ context, appended }: Goal): Promise<Snapshot> {
  await takeSnapshot(context, 1, 1);
  const [event, ...more] = appended();
  assert.deepEqual(more, []);
  assert.ok(event?.type === 'snapshot.taken');
  return event.data.snapshot;
}

const files = ({ vault }: Goal, snapshot: Snapshot): Files => vault.filesOf(snapshot.candidate);

test('every process of the attempt is ended before its worktree is read', async () => {
  const goal = await after({ 'src/a.js': 'done\n' });
  const order: string[] = [];
  const context = {
    ...goal.context,
    vault: {
      ...goal.vault,
      snapshot: (...args: Parameters<typeof goal.vault.snapshot>) => (
        order.push(...goal.asked, 'read'),
        goal.vault.snapshot(...args)
      ),
    },
  };
  await takeSnapshot(context, 1, 1);
  assert.deepEqual(order, [`end strays of ${goal.session.goal}.1`, 'read']);
});

test('what the agent left is the candidate, kept by a ref of the turn', async () => {
  const goal = await after({ 'src/a.js': 'done\n' });
  const snapshot = await taken(goal);
  assert.deepEqual(files(goal, snapshot), { 'src/a.js': 'done\n', 'docs/b.md': 'b\n' });
  assert.equal(snapshot.ref, `refs/omk/goals/${goal.session.goal}/tasks/t1/1/1`);
});

test('installed dependencies and what lay beside the tree are not part of it', async () => {
  const layer = { mount: 'node_modules', more: [{ mount: 'packages/x/node_modules' }, { mount: null }] };
  const goal = await after(
    { 'node_modules/m/index.js': 'm', 'packages/x/node_modules/n.js': 'n', 'vendor/s': 's' },
    {
      doors: () => ({
        gates: { layer: async () => ({ kind: 'layer', layer }) },
        git: {
          supplies: async () => ({ unchanged: async () => ['vendor'] }),
        },
      }),
    },
  );
  assert.deepEqual(Object.keys(files(goal, await taken(goal))), ['src/a.js', 'docs/b.md']);
});

test('an attempt that is not there is no snapshot of nothing', async () => {
  const goal = await after({});
  await assert.rejects(takeSnapshot(goal.context, 7, 1), { code: 'GOAL_EMPTY' });
  assert.deepEqual(goal.appended(), []);
});

suite('of several tasks', () => {
  const events = [planOf(taskOf('t1', { writes: ['src/**'] }), taskOf('t2'))];

  test('the candidate has only what its task may write; the rest is in the salvage, and named', async () => {
    const goal = await after({ 'src/new.js': 'n\n', 'docs/b.md': 'edited\n', 'other.txt': 'o\n' }, { events });
    const snapshot = await taken(goal);
    assert.deepEqual(files(goal, snapshot), { 'src/a.js': 'a\n', 'docs/b.md': 'b\n', 'src/new.js': 'n\n' });
    assert.deepEqual(snapshot.outside, ['docs/b.md', 'other.txt']);
    assert.equal(goal.vault.filesOf(snapshot.salvage)['other.txt'], 'o\n');
    assert.ok([...goal.vault.refs.keys()].some((ref) => ref.includes('/bounded/')));
  });

  test('what stays inside is left as it is', async () => {
    const snapshot = await taken(await after({ 'src/a.js': 'done\n' }, { events }));
    assert.equal(snapshot.outside, undefined);
    assert.equal(snapshot.candidate, snapshot.salvage);
  });

  test('a task without a write set may write everything', async () => {
    const snapshot = await taken(await after({ 'other.txt': 'o\n' }, { events: [planOf(taskOf('t1'), taskOf('t2'))] }));
    assert.equal(snapshot.outside, undefined);
  });

  test('a proposal is taken out of the candidate and kept', async () => {
    const plain = [planOf(taskOf('t1'), taskOf('t2'))];
    const goal = await after({}, { events: plain });
    const path = proposalFileOf(goal.session.goal);
    goal.vault.worktrees.set(TREE, { ...FILES, [path]: '{"title":"more"}' });
    const snapshot = await taken(goal);
    assert.deepEqual(files(goal, snapshot), FILES);
    const kept = await goal.store.getBlob(snapshot.proposal?.sha256 ?? '');
    assert.equal(Buffer.from(kept ?? []).toString(), '{"title":"more"}');
  });

  test('one that lay there after the turn before is not proposed again', async () => {
    const plain = [planOf(taskOf('t1'), taskOf('t2'))];
    const first = await after({}, { events: plain });
    const path = proposalFileOf(first.session.goal);
    first.vault.worktrees.set(TREE, { ...FILES, [path]: '{"title":"more"}' });
    const snapshot = await taken(first);
    const [event] = first.appended();
    assert.ok(event);
    const again = await fakeContext({
      base: FILES,
      vault: first.vault,
      events: [...plain, started(1), ...turned(1, 1), event, ...turned(1, 2)],
    });
    await takeSnapshot(again.context, 1, 2);
    const [second] = again.appended();
    assert.ok(second?.type === 'snapshot.taken');
    assert.equal(second.data.snapshot.proposal, undefined);
    assert.equal(second.data.snapshot.candidate, snapshot.candidate);
  });
});

suite('of a goal with one task', () => {
  test('a file with the name of a proposal is a file', async () => {
    const goal = await after({});
    const path = proposalFileOf(goal.session.goal);
    goal.vault.worktrees.set(TREE, { ...FILES, [path]: '{}' });
    assert.equal(files(goal, await taken(goal))[path], '{}');
  });

  test('what the worker says of checks is taken out of the candidate, and is a claim', async () => {
    const said = JSON.stringify({ disputes: [{ check: 'test/a.test.js', why: 'it asks for 5' }] });
    const plain = await after({ [DISPUTES]: said });
    const untouched = await taken(plain);
    assert.equal(files(plain, untouched)[DISPUTES], said, 'without checks of another session it is a file');
    assert.equal(untouched.disputes, undefined);

    const { submissions, oracles } = fold(handedIn);
    // The session that wrote them has a number of its own.
    const attempts = plain.session.state.attempts.map((each) => ({ ...each, attempt: 2 }));
    const accepted = oracles.map((each) => ({ ...each, ended: 'accepted' as const }));
    const state: Partial<GoalState> = { submissions, oracles: accepted, attempts };
    const noneSeen = submissions.map((each) =>
      each.kind === 'read' ? { ...each, checks: { ...each.checks, visible: [] } } : each,
    );
    const goal = await fakeContext({ base: FILES, vault: plain.vault, state: { ...state, submissions: noneSeen } });
    await takeSnapshot(goal.context, 2, 1);
    const [event] = goal.appended();
    assert.ok(event?.type === 'snapshot.taken');
    assert.deepEqual(event.data.snapshot.disputes, [{ check: 'test/a.test.js', why: 'it asks for 5' }]);
    assert.deepEqual(goal.vault.filesOf(event.data.snapshot.candidate), FILES);
  });

  test('marks of both sides that are left make the path a refused one', async () => {
    const merged = { attempt: 9, paths: ['src/a.js', 'docs/b.md'] };
    const marked = '<<<<<<< a\nours\n=======\ntheirs\n>>>>>>> b\n';
    const goal = await after({ 'src/a.js': marked }, { events: [planOf(taskOf('t1'))] });
    const [attempt] = goal.session.state.attempts;
    assert.ok(attempt);
    const again = await fakeContext({
      base: FILES,
      vault: goal.vault,
      state: { attempts: [{ ...attempt, merged }] },
    });
    await takeSnapshot(again.context, 1, 1);
    const [event] = again.appended();
    assert.ok(event?.type === 'snapshot.taken');
    assert.deepEqual(
      event.data.snapshot.refused.map(({ path, code }) => [path, code]),
      [['src/a.js', 'E_MERGE_MARKS']],
    );
  });
});
