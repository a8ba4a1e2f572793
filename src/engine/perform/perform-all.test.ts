import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Intent } from '../../domain/goal/intent.ts';
import { goalUnderTest } from '../testing/goal.ts';
import { performAll } from './perform-all.ts';

const GOES_ON = new AbortController().signal;

const gate = (id: string): Intent => ({
  key: id,
  kind: 'run_gate',
  run: { gate: id, purpose: 'candidate', round: 1, tree: 't', canaryBase: null },
});

test('what waits for its place is guarded again when it gets one: a budget may be spent by then', async (t) => {
  const { session } = await goalUnderTest(t, { budget: { time: '60s', tokens: null, picoUsd: null } });
  let secs = 59n;
  const begun: string[] = [];
  const { done, failure } = await performAll(
    { session, elapsed: () => secs, signal: GOES_ON },
    [gate('a'), gate('b'), gate('c')],
    1,
    async (_, intent) => {
      begun.push(intent.key);
      secs = 60n;
    },
  );
  assert.deepEqual([begun, done.map((each) => each.key), failure], [['a'], ['a'], null]);
});

test('attempts that do not fit into the budget beside each other do not start together', async (t) => {
  const { session } = await goalUnderTest(t, {
    budget: { time: null, tokens: '100', picoUsd: null },
    taskShare: 100,
    largestReport: { tokens: '60', picoUsd: null },
  });
  const start = (attempt: number): Intent => ({
    key: `attempt:${attempt}`,
    kind: 'start_attempt',
    attempt,
    task: `t${attempt}`,
  });
  const begun: string[] = [];
  await performAll(
    { session, elapsed: () => 0n, signal: GOES_ON },
    [start(1), start(2), gate('a')],
    3,
    async (_, intent) => void begun.push(intent.key),
  );
  assert.deepEqual(begun, ['attempt:1', 'a']);
});

test('the first failure is told, and what ran beside it is done', async (t) => {
  const { session } = await goalUnderTest(t, {});
  const broken = new Error('broken');
  const { done, failure } = await performAll(
    { session, elapsed: () => 0n, signal: GOES_ON },
    [gate('a'), gate('b')],
    2,
    async (_, intent) => {
      if (intent.key === 'a') throw broken;
    },
  );
  assert.deepEqual([done.map((each) => each.key), failure], [['b'], broken]);
});

suite('a run in a spare place', () => {
  const spare: Intent = {
    key: 'spare',
    kind: 'run_gate',
    run: { gate: 'spare', purpose: 'canary', round: 1, tree: 't', canaryBase: 't', spare: true },
  };

  test('does not start where the others need every place', async (t) => {
    const { session } = await goalUnderTest(t, {});
    const begun: string[] = [];
    const { done } = await performAll(
      { session, elapsed: () => 0n, signal: GOES_ON },
      [gate('a'), spare, gate('b')],
      2,
      async (_, intent) => void begun.push(intent.key),
    );
    assert.deepEqual([begun, done.length], [['a', 'b'], 2]);
  });

  test('starts beside them in a free one, and is ended without a failure when nothing wants it any more', async (t) => {
    const { session } = await goalUnderTest(t, {});
    const begun: string[] = [];
    const { done, failure } = await performAll(
      { session, elapsed: () => 0n, signal: GOES_ON },
      [gate('a'), spare],
      2,
      async ({ signal }, intent) => {
        begun.push(intent.key);
        if (intent.key !== 'spare') return;
        await new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('stopped'))));
      },
    );
    assert.deepEqual([begun.toSorted(), done.map(({ key }) => key), failure], [['a', 'spare'], ['a'], null]);
  });

  test('that fails by itself is a failure', async (t) => {
    const { session } = await goalUnderTest(t, {});
    const broken = new Error('broken');
    const { failure } = await performAll({ session, elapsed: () => 0n, signal: GOES_ON }, [spare], 1, async () => {
      throw broken;
    });
    assert.equal(failure, broken);
  });
});
