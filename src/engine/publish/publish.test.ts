import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { GoalEvent } from '../../domain/goal/event.ts';
import type { Context } from '../context.ts';
import { goalUnderTest } from '../testing/goal.ts';
import { endOf, publish } from './publish.ts';

const NOT_READY: GoalEvent = { type: 'goal.ended', data: { status: 'not_ready', gaps: [], failure: null } };
const CANCELLED: GoalEvent = { type: 'goal.cancelled', data: { why: 'by a user' } };
const LOST: GoalEvent = { type: 'output.lost', data: { stream: 'stdout', why: 'EPIPE' } };

interface Failing {
  readonly commit?: Error;
  readonly folder?: Error;
}

async function published(t: TestContext, events: readonly GoalEvent[], { commit, folder }: Failing = {}) {
  const { session, store } = await goalUnderTest(t, {}, events);
  const proven: number[] = [];
  const commits: { readonly ref: string; readonly folder: string; readonly message: string; readonly at: number }[] =
    [];
  const written: ReadonlyMap<string, Uint8Array>[] = [];
  const world = {
    store,
    proofs: {
      build: async (lines: readonly unknown[]) => {
        proven.push(lines.length);
        return new Map([
          ['proof.json', Buffer.from('{}')],
          ['events.jsonl', Buffer.from('log')],
        ]);
      },
    },
    files: {
      writeGoalFolder: async (_goal: string, files: ReadonlyMap<string, Uint8Array>) => {
        written.push(files);
        if (folder) throw folder;
      },
    },
  };
  const vault = {
    commitFiles: async (asked: (typeof commits)[number]) => {
      commits.push(asked);
      if (commit) throw commit;
    },
  };
  const doors = { world, session, vault } as object as Pick<Context, 'world' | 'session' | 'vault'>;
  return { session, proven, commits, written, world, publish: () => publish(doors) };
}

test('a goal that has not ended gets its folder and no proof', async (t) => {
  const { proven, commits, written, publish } = await published(t, []);
  await publish();
  assert.deepEqual([proven, commits], [[], []]);
  const [files] = written;
  assert.ok(files?.has('events.jsonl'));
  assert.equal(
    [...(files?.keys() ?? [])].some((name) => name.startsWith('proof')),
    false,
  );
});

test('the proof of an end is in the folder, its index beside it, and on refs/omk/proofs at the time of the end', async (t) => {
  const { session, proven, commits, written, publish } = await published(t, [NOT_READY]);
  await publish();
  assert.deepEqual(proven, [session.lines.length]);
  const names = [...(written[0]?.keys() ?? [])];
  for (const name of ['proof/proof.json', 'proof/events.jsonl', 'proof.json']) assert.ok(names.includes(name), name);
  const [{ ref, folder, message, at } = {}] = commits;
  assert.deepEqual([ref, folder, message], ['refs/omk/proofs', session.goal, `Proof of ${session.goal}: not_ready`]);
  assert.equal(at, Date.parse('2026-01-31T12:00:00Z') / 1000);
});

test('what came after the end is in the log and not in the proof', async (t) => {
  const { session } = await published(t, [NOT_READY]);
  const after = session.lines.map((line) => ({ ...line, event: { ...line.event, ...LOST } }))[0];
  assert.ok(after);
  assert.deepEqual(endOf([...session.lines, after], session.state), session.lines);
});

test('a cancelled goal has a proof up to its cancel', async (t) => {
  const { session } = await published(t, [CANCELLED]);
  assert.equal(endOf(session.lines, session.state)?.at(-1)?.event.type, 'goal.cancelled');
});

test('a goal that was resumed, or got more budget, has no end', async (t) => {
  const { session } = await published(t, [NOT_READY, { type: 'goal.resumed', data: { why: 'x' } }]);
  assert.equal(endOf(session.lines, session.state), null);
  assert.equal(endOf(session.lines, { ...session.state, status: 'not_ready', ended: null }), null);
});

for (const failing of [{ commit: new Error('the ref is locked') }, { folder: new Error('no space') }])
  test(`${Object.keys(failing)} fails: the other is written all the same, and the failure is thrown`, async (t) => {
    const { commits, written, publish } = await published(t, [NOT_READY], failing);
    await assert.rejects(publish(), Object.values(failing)[0]);
    assert.deepEqual([commits.length, written.length], [1, 1]);
  });

test('made twice it is the same to the byte: nothing of it depends on when or how often', async (t) => {
  const { commits, written, publish } = await published(t, [NOT_READY]);
  await publish();
  await publish();
  assert.deepEqual(commits[0], commits[1]);
  assert.deepEqual(written[0], written[1]);
});

test('a proof that cannot be built leaves the folder of before: no half of the two', async (t) => {
  const { commits, written, publish, world } = await published(t, [NOT_READY]);
  const { build } = world.proofs;
  world.proofs.build = () => Promise.reject(new Error('the key is gone'));
  await assert.rejects(publish(), /the key is gone/);
  assert.deepEqual([commits, written], [[], []]);
  world.proofs.build = build;
  await publish();
  assert.deepEqual([commits.length, written.length], [1, 1]);
});

test('a goal that is resumed after its end loses its proof from the folder, and the next end has its own', async (t) => {
  const { session, proven, commits, written, publish } = await published(t, [NOT_READY]);
  await publish();
  const atFirst = session.lines.length;
  await session.append({ type: 'goal.resumed', data: { why: 'x' } });
  await publish();
  assert.equal(written[1]?.has('proof.json'), false);
  await session.append(NOT_READY);
  await publish();
  assert.deepEqual([proven, commits.length], [[atFirst, session.lines.length], 2], 'each of the log up to its own end');
});
