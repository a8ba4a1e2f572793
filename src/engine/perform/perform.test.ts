import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Intent } from '../../domain/goal/intent.ts';
import { BASE, FIX, gateSpec, policyOf } from '../../domain/testing/build.ts';
import { planOf, started, taskOf, turned } from '../testing/events.ts';
import { fakeContext, type Faked, type FakeOptions } from '../testing/fake-context.ts';
import { perform } from './perform.ts';

const policy = { type: 'policy.resolved', data: { policy: policyOf(gateSpec()) } } as const;
const PREPARE: Intent = { key: 'dependencies', kind: 'prepare_dependencies' };

const layer =
  (result: object): FakeOptions['doors'] =>
  () => ({ gates: { layer: async () => result } });

async function prepared(result: object, more: FakeOptions = {}) {
  const doors = layer(result);
  const goal = await fakeContext({ events: [policy], ...more, ...(doors ? { doors } : {}) });
  await perform(goal.context, PREPARE);
  const [event] = goal.appended();
  assert.ok(event?.type === 'dependencies.prepared');
  return { ...goal, data: event.data };
}

suite('dependencies of the base', () => {
  test('that are none are recorded with the reason, and what is lacking here', async () => {
    const { data } = await prepared({ kind: 'none', why: 'nothing to install' });
    assert.deepEqual(data, { layer: null, detail: 'nothing to install' });
    const lacking = [{ tool: 'cargo', gates: ['test'] }];
    assert.deepEqual((await prepared({ kind: 'none', why: 'x', lacking })).data.lacking, lacking);
  });

  test('are recorded by the digest of their layer, with lock files that were made for a base without one', async () => {
    const locks = [{ path: 'package-lock.json', text: 'made\n' }];
    const { data, store } = await prepared({ kind: 'layer', layer: { kind: 'npm', digest: 'd1', locks } });
    assert.deepEqual([data.layer, data.detail, data.locks?.[0]?.path], ['d1', 'npm', 'package-lock.json']);
    assert.equal(Buffer.from(store.blobs.get(data.locks?.[0]?.blob.sha256 ?? '') ?? []).toString(), 'made\n');
  });

  test('that cannot be installed are a failure with the last lines, and nothing is recorded', async () => {
    const tail = Array.from({ length: 9 }, (_, index) => `line ${index}`).join('\n');
    const doors = layer({ kind: 'failed', detail: 'npm ci ended with 1', tail });
    const goal = await fakeContext({ events: [policy], ...(doors ? { doors } : {}) });
    await assert.rejects(perform(goal.context, PREPARE), {
      code: 'DEPENDENCIES_FAILED',
      exit: 4,
      message: /^The dependencies of the base cannot be installed: npm ci ended with 1\nline 3\n[^]*line 8$/,
    });
    assert.deepEqual(goal.appended(), []);
  });

  test('say what lies beside the tree, where something does', async () => {
    const told = { submodules: [{ path: 'lib' }], lfs: [], included: [], lacks: [] };
    const goal = await fakeContext({
      events: [policy],
      doors: () => ({ git: { supplies: async () => ({ told, unchanged: async () => [] }) } }),
    });
    await perform(goal.context, PREPARE);
    const [event] = goal.appended();
    assert.ok(event?.type === 'dependencies.prepared');
    assert.deepEqual(event.data.beside, told);
  });
});

suite('an intent', () => {
  test('to find gates records those of the base, and checks of the user apart', async () => {
    const goal = await fakeContext({
      options: { checks: ['npm run build'] },
      doors: () => ({
        gates: { check: async (text: string, id: string) => gateSpec({ id, argv: ['sh', '-c', text] }) },
      }),
    });
    await perform(goal.context, { key: 'policy', kind: 'resolve_policy' });
    assert.deepEqual(
      goal.appended().map(({ type }) => type),
      ['policy.resolved', 'checks.added'],
    );
  });

  test('to record records, once it is admitted', async () => {
    const goal = await fakeContext({ events: [policy] });
    await perform(goal.context, { key: 'plan', kind: 'record', event: planOf(taskOf('t1')) });
    assert.equal(goal.session.state.plan?.tasks.length, 1);
    await assert.rejects(perform(goal.context, { key: 'plan', kind: 'record', event: policy }), {
      code: 'GOAL_REFUSES',
    });
  });

  test('to end the goal names the omk that ended it and the rules that judged', async () => {
    const goal = await fakeContext({ events: [policy] });
    const data = { status: 'not_ready', gaps: [], failure: null } as const;
    await perform(goal.context, { key: 'end', kind: 'record', event: { type: 'goal.ended', data } });
    const ended = goal.appended().find(({ type }) => type === 'goal.ended');
    assert.ok(ended?.type === 'goal.ended');
    assert.equal(ended.data.omk, '9');
    assert.match(ended.data.rules ?? '', /^judge\/\d+/);
  });

  test('to read facts reads those of the named tree', async () => {
    const goal = await fakeContext({ options: { facts: ['a.txt exists'] }, base: { 'a.txt': 'a' }, state: {} });
    await perform(goal.context, { key: 'facts', kind: 'read_facts', tree: BASE });
    assert.deepEqual(goal.appended(), [{ type: 'facts.read', data: { tree: BASE, holds: [true] } }]);
  });

  test('to integrate makes one commit and records it', async () => {
    const goal = await fakeContext({ events: [started(1)], state: {} });
    await perform(goal.context, { key: 'integrate', kind: 'integrate', candidate: FIX });
    assert.equal(goal.vault.commits.size, 1);
    assert.equal(goal.appended()[0]?.type, 'goal.integrated');
  });

  test('to reveal checks that are gone is HELD_OUT_LOST, and reveals nothing', async () => {
    const goal = await fakeContext({ state: {} });
    await assert.rejects(perform(goal.context, { key: 'reveal', kind: 'reveal' }), { code: 'HELD_OUT_LOST' });
    assert.deepEqual(goal.appended(), []);
  });

  test('done again after its event was recorded is refused by the log, so that a race leaves one', async () => {
    const goal = await fakeContext({ base: { 'a.txt': 'a' }, events: [planOf(taskOf('t1'))] });
    const start: Intent = { key: 'attempt:1', kind: 'start_attempt', attempt: 1, task: 't1' };
    await perform(goal.context, start);
    await assert.rejects(perform(goal.context, start), { code: 'GOAL_REFUSES' });
    assert.equal(count(goal, 'attempt.started'), 1);
  });

  test('to keep a turn takes its snapshot', async () => {
    const goal = await fakeContext({ events: [planOf(taskOf('t1')), started(1), ...turned(1, 1)] });
    goal.vault.worktrees.set('/attempts/1/tree', { 'a.txt': 'b' });
    await perform(goal.context, { key: 'snapshot:1:1', kind: 'take_snapshot', attempt: 1, turn: 1 });
    assert.equal(count(goal, 'snapshot.taken'), 1);
  });
});

const count = ({ appended }: Faked, type: string): number => appended().filter((event) => event.type === type).length;
