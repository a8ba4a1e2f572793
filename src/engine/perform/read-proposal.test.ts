import assert from 'node:assert/strict';
import { test } from 'node:test';
import { snapshotOf, tree } from '../../domain/testing/build.ts';
import { planOf, started, taskOf, turned } from '../testing/events.ts';
import { fakeContext, type FakeOptions } from '../testing/fake-context.ts';
import { readProposed } from './read-proposal.ts';

const GOOD = { title: 'Write docs', brief: 'of it', why: 'none are there', writes: ['docs/**'] };

/** A turn of one of two tasks, that left a proposal in a file or handed one in. */
async function proposed(text: string | null, more: FakeOptions = {}, by: 'file' | 'tool' = 'file') {
  const made = await fakeContext();
  const blob = text === null ? null : await made.store.putBlob(Buffer.from(text));
  const snapshot = snapshotOf(tree('work'), blob && by === 'file' ? { proposal: blob } : {});
  const handed = blob && by === 'tool' ? { handed: [{ tool: 'task_propose' as const, content: blob }] } : {};
  const events = [planOf(taskOf('t1'), taskOf('t2')), started(1), ...turned(1, 1, snapshot, handed)];
  const options = { taskRules: 2 as const, ...more.options };
  const goal = await fakeContext({ events, ...more, options });
  if (text !== null) await goal.store.putBlob(Buffer.from(text));
  await readProposed(goal.context, 1, 1);
  const [event] = goal.appended();
  assert.ok(event?.type === 'task.proposed');
  return { ...goal, data: event.data };
}

for (const by of ['file', 'tool'] as const)
  test(`a proposal by ${by} that keeps the rules is a task of the plan`, async () => {
    const { data, session } = await proposed(JSON.stringify(GOOD), {}, by);
    assert.equal(data.ruling.kind, 'accepted');
    assert.deepEqual(
      session.state.plan?.tasks.map(({ title }) => title),
      ['Do t1', 'Do t2', 'Write docs'],
    );
    assert.equal(typeof data.admission?.reason, 'string', 'with what the budgets had left');
  });

test('one that does not read, or breaks a rule, is recorded with the reason and adds nothing', async () => {
  for (const [text, why] of [
    ['no JSON', /no JSON object/],
    [JSON.stringify({ ...GOOD, why: '' }), /does not say why/],
    [JSON.stringify({ ...GOOD, title: 'Do t2' }), /has that title already/],
  ] as const) {
    const { data, session } = await proposed(text);
    assert.ok(data.ruling.kind === 'refused');
    assert.match(data.ruling.why, why);
    assert.equal(session.state.plan?.tasks.length, 2);
  }
});

test('content that is gone is said to be gone', async () => {
  const { data } = await proposed(null);
  assert.deepEqual(data.ruling, { kind: 'refused', why: 'it is gone' });
  assert.equal(data.proposal, null);
});

test('one for which no time is left is refused, with the figures', async () => {
  const budget = { time: '1s', tokens: null, picoUsd: null };
  const { data, session } = await proposed(JSON.stringify(GOOD), { options: { budget } });
  assert.equal(data.ruling.kind, 'refused');
  assert.ok(data.proposal, 'what was proposed is kept all the same');
  assert.ok(data.admission);
  assert.equal(session.state.plan?.tasks.length, 2);
});
