import assert from 'node:assert/strict';
import { suite, test, type TestContext } from 'node:test';
import type { GoalOptions } from '../domain/goal/event.ts';
import type { Intent } from '../domain/goal/intent.ts';
import { goalUnderTest } from './testing/goal.ts';
import { Scheduler } from './scheduler.ts';

const gate = (id: string, alone = false): Intent => ({
  key: id,
  kind: 'run_gate',
  run: { gate: id, purpose: 'candidate', round: 1, tree: 't', canaryBase: null, ...(alone ? { alone } : {}) },
});
const spare: Intent = {
  key: 'spare',
  kind: 'run_gate',
  run: { gate: 'spare', purpose: 'canary', round: 1, tree: 't', canaryBase: 't', spare: true },
};
const start = (attempt: number): Intent => ({
  key: `attempt:${attempt}`,
  kind: 'start_attempt',
  attempt,
  task: `t${attempt}`,
});
const turn: Intent = { key: 'turn', kind: 'run_turn', attempt: 1, turn: 1, reason: 'first' };

/** A scheduler whose intents end when the test says so, or when they are stopped. */
async function bench(t: TestContext, room: number, options: Partial<GoalOptions> = {}, elapsed = () => 0n) {
  const { session } = await goalUnderTest(t, options);
  const begun: string[] = [];
  const open = new Map<string, { readonly resolve: () => void; readonly reject: (error: Error) => void }>();
  const context = { session, elapsed, signal: new AbortController().signal };
  const scheduler = new Scheduler(context, room, ({ signal }, { key }) => {
    begun.push(key);
    return new Promise((resolve, reject) => {
      open.set(key, { resolve, reject });
      signal.addEventListener('abort', () => reject(new Error('stopped')));
    });
  });
  const end = async (key: string) => {
    open.get(key)?.resolve();
    return (await scheduler.next())?.map((intent) => intent.key) ?? null;
  };
  return { scheduler, begun, open, end };
}

test('what waits for its place is guarded again when it gets one: a budget may be spent by then', async (t) => {
  let secs = 59n;
  const { scheduler, begun, end } = await bench(
    t,
    1,
    { budget: { time: '60s', tokens: null, picoUsd: null } },
    () => secs,
  );
  scheduler.begin([gate('a'), gate('b')]);
  secs = 60n;
  assert.deepEqual(await end('a'), ['a']);
  scheduler.begin([gate('b')]);
  assert.deepEqual([begun, await scheduler.next(), scheduler.failure], [['a'], null, null]);
});

test('attempts that do not fit into the budget beside those in flight do not start', async (t) => {
  const { scheduler, begun } = await bench(t, 3, {
    budget: { time: null, tokens: '100', picoUsd: null },
    taskShare: 100,
    largestReport: { tokens: '60', picoUsd: null },
  });
  scheduler.begin([start(1), start(2), gate('a')]);
  scheduler.begin([start(2)]);
  assert.deepEqual(begun, ['attempt:1', 'a']);
});

test('what ends makes place at once, in the order in which it was wanted, also for what needs the whole machine', async (t) => {
  const { scheduler, begun, end } = await bench(t, 2);
  scheduler.begin([gate('a'), gate('b'), gate('whole', true), gate('c')]);
  assert.deepEqual(begun, ['a', 'b']);
  assert.deepEqual(await end('a'), ['a']);
  scheduler.begin([gate('c'), gate('whole', true)]);
  assert.deepEqual(begun, ['a', 'b'], 'a light one does not pass a heavy one that was first');
  await end('b');
  scheduler.begin([gate('c'), gate('whole', true)]);
  assert.deepEqual(begun, ['a', 'b', 'whole']);
});

test('what accepted work waits for goes before other runs, or many agents at work would let nothing land', async (t) => {
  const { scheduler, begun, end } = await bench(t, 1);
  scheduler.begin([gate('a'), gate('b'), gate('c')]);
  await end('a');
  scheduler.begin([gate('b'), gate('c'), { ...gate('merged'), landing: true } as Intent]);
  assert.deepEqual(begun, ['a', 'merged']);
  await end('merged');
  scheduler.begin([gate('b'), gate('c')]);
  assert.deepEqual(begun, ['a', 'merged', 'b']);
});

test('an agent takes no place of a gate, and the end of a goal waits for all that is in flight', async (t) => {
  const { scheduler, begun, end } = await bench(t, 1);
  const ended: Intent = {
    key: 'end',
    kind: 'record',
    event: { type: 'goal.ended', data: { status: 'not_ready', gaps: [], failure: null } },
  };
  scheduler.begin([gate('a'), turn, ended]);
  assert.deepEqual(begun, ['a', 'turn']);
  await end('a');
  await end('turn');
  scheduler.begin([ended]);
  assert.deepEqual(begun, ['a', 'turn', 'end']);
});

test('the first failure is told, what runs beside it goes on, and agents are stopped', async (t) => {
  const { scheduler, open, end } = await bench(t, 2);
  scheduler.begin([gate('a'), gate('b'), turn]);
  open.get('a')?.reject(new Error('broken'));
  assert.deepEqual(await scheduler.next(), []);
  scheduler.stopAgents();
  assert.deepEqual(await scheduler.next(), []);
  assert.deepEqual(await end('b'), ['b']);
  assert.deepEqual([scheduler.failure, await scheduler.next()], [new Error('broken'), null]);
});

suite('a run in a spare place', () => {
  test('does not start where the others need every place, and makes room for one that comes later', async (t) => {
    const first = await bench(t, 2);
    first.scheduler.begin([gate('a'), spare, gate('b')]);
    assert.deepEqual(first.begun, ['a', 'b']);
    const second = await bench(t, 2);
    second.scheduler.begin([gate('a'), spare]);
    assert.deepEqual(second.begun, ['a', 'spare']);
    second.scheduler.begin([gate('b')]);
    assert.deepEqual(await second.scheduler.next(), [], 'it is ended');
    second.scheduler.begin([gate('b')]);
    assert.deepEqual([second.begun, second.scheduler.failure], [['a', 'spare', 'b'], null]);
  });

  test('is ended without a failure when nothing wants it any more, and is one when it fails by itself', async (t) => {
    const { scheduler, end } = await bench(t, 2);
    scheduler.begin([gate('a'), spare]);
    await end('a');
    scheduler.begin([]);
    assert.deepEqual([await scheduler.next(), scheduler.failure], [[], null]);
    const other = await bench(t, 2);
    other.scheduler.begin([spare]);
    other.open.get('spare')?.reject(new Error('broken'));
    await other.scheduler.next();
    assert.deepEqual(other.scheduler.failure, new Error('broken'));
  });
});

suite('a scheduler that is used again and again', () => {
  test('begins nothing twice: what is in flight is not begun again, and what ended may be', async (t) => {
    const { scheduler, begun, end } = await bench(t, 1);
    scheduler.begin([gate('a')]);
    assert.deepEqual(
      scheduler.inFlight.map(({ key }) => key),
      ['a'],
    );
    await end('a');
    assert.deepEqual([scheduler.inFlight, scheduler.failure], [[], null]);
    scheduler.begin([gate('a')]);
    assert.deepEqual(begun, ['a', 'a']);
  });

  test('tells everything that ended between two looks at once, and in the order in which it ended', async (t) => {
    const { scheduler, open } = await bench(t, 3);
    scheduler.begin([gate('a'), gate('b'), gate('c')]);
    for (const key of ['c', 'a']) open.get(key)?.resolve();
    await new Promise((resolve) => setImmediate(resolve));
    assert.deepEqual(
      (await scheduler.next())?.map(({ key }) => key),
      ['c', 'a'],
    );
    assert.deepEqual(
      scheduler.inFlight.map(({ key }) => key),
      ['b'],
    );
  });

  test('keeps the first failure when others follow, and loses nothing that ended well beside them', async (t) => {
    const { scheduler, open } = await bench(t, 3);
    scheduler.begin([gate('a'), gate('b'), gate('c')]);
    open.get('b')?.reject(new Error('the first'));
    open.get('a')?.reject(new Error('the second'));
    open.get('c')?.resolve();
    await new Promise((resolve) => setImmediate(resolve));
    assert.deepEqual(
      (await scheduler.next())?.map(({ key }) => key),
      ['c'],
    );
    assert.deepEqual([scheduler.failure, await scheduler.next()], [new Error('the first'), null]);
  });

  test('what omk computes itself has places of its own, as many as gates have', async (t) => {
    const { scheduler, begun, end } = await bench(t, 1);
    const examine = (key: string): Intent => ({ key, kind: 'examine', candidate: key });
    scheduler.begin([gate('a'), examine('one'), examine('two'), gate('b')]);
    assert.deepEqual(begun, ['a', 'one']);
    await end('one');
    scheduler.begin([examine('two'), gate('b')]);
    assert.deepEqual(begun, ['a', 'one', 'two']);
  });

  test('a stop of the agents ends turns and waits, and neither gates nor what omk computes', async (t) => {
    const { scheduler, begun, open } = await bench(t, 2);
    const waits: Intent = { key: 'wait', kind: 'wait', attempt: 1, turn: 1, why: 'overloaded', detail: 'slow down' };
    scheduler.begin([gate('a'), turn, waits, { key: 'one', kind: 'examine', candidate: 'one' }]);
    assert.deepEqual(begun, ['a', 'turn', 'wait', 'one']);
    scheduler.stopAgents();
    await new Promise((resolve) => setImmediate(resolve));
    assert.deepEqual(
      scheduler.inFlight.map(({ key }) => key),
      ['a', 'one'],
    );
    for (const key of ['a', 'one']) open.get(key)?.resolve();
  });
});
