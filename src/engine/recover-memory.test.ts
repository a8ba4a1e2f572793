import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { UsageReport } from '../domain/budget/report.ts';
import type { GoalEvent } from '../domain/goal/event.ts';
import { BLOB } from '../domain/testing/build.ts';
import { recover } from './recover.ts';
import { planOf, started, taskOf, turned } from './testing/events.ts';
import { fakeContext, type FakeOptions } from './testing/fake-context.ts';

const begun = (attempt: number, turn = 1): GoalEvent => ({
  type: 'turn.started',
  data: { attempt, turn, prompt: BLOB },
});
const opened = (attempt: number): GoalEvent => ({
  type: 'session.opened',
  data: { attempt, turn: 1, session: `s${attempt}` },
});
const call = (message: string, tokens: number): UsageReport => ({
  message,
  scope: 'turn',
  reporting: 'call',
  model: 'x',
  inputTokens: tokens,
  cachedTokens: null,
  outputTokens: 0,
  totalPicoUsd: null,
  costToldElsewhere: false,
});

interface Left {
  readonly events: readonly GoalEvent[];
  /** Attempts whose worktrees are there. */
  readonly there?: readonly number[];
  readonly reports?: readonly UsageReport[];
  readonly doors?: FakeOptions['doors'];
}

/** What a process that was killed left: two tasks, and what had happened to them. */
async function left({ events, there = [1, 2], reports = [], doors }: Left) {
  const goal = await fakeContext({
    events: [planOf(taskOf('t1'), taskOf('t2')), ...events],
    doors: (faked) => ({ agents: { usage: async () => reports }, ...doors?.(faked) }),
  });
  for (const attempt of there) goal.vault.worktrees.set(`/attempts/${attempt}/tree`, {});
  const told = () => goal.appended().map(({ type, data }) => [type, 'attempt' in data ? data.attempt : null]);
  return { ...goal, told, recover: () => recover(goal.context) };
}

suite('after a crash', () => {
  test('the turns of all attempts that were under way are closed, each once, and a second look adds nothing', async () => {
    const { recover, told } = await left({ events: [started(1), started(2, 't2'), begun(1), begun(2)] });
    await recover();
    const once = [
      ['turn.ended', 1],
      ['turn.ended', 2],
    ];
    assert.deepEqual(told(), once);
    await recover();
    assert.deepEqual(told(), once);
  });

  test('a turn without a worktree is closed first, and then its attempt is given up; the other goes on', async () => {
    const { recover, told, session } = await left({
      events: [started(1), started(2, 't2'), begun(1), begun(2)],
      there: [2],
    });
    await recover();
    assert.deepEqual(told(), [
      ['turn.ended', 1],
      ['attempt.ended', 1],
      ['turn.ended', 2],
    ]);
    assert.equal(session.state.attempts.find(({ attempt }) => attempt === 2)?.ended, null);
  });

  test('of a goal that is paused the turn is closed, and no attempt is given up', async () => {
    const { recover, told } = await left({
      events: [started(1), begun(1), { type: 'goal.paused', data: { why: 'x' } }],
      there: [],
    });
    await recover();
    assert.deepEqual(told(), [['turn.ended', 1]]);
  });

  test('processes are ended of what had not ended, and of the last attempt; not of an earlier one that ended', async () => {
    const ended: GoalEvent = { type: 'attempt.ended', data: { attempt: 1, why: 'agent_failed' } };
    const { recover, asked, session } = await left({ events: [started(1), ...turned(1, 1), ended, started(2)] });
    await recover();
    assert.deepEqual(asked, ['end dead gates', `end strays of ${session.goal}.2`]);
  });

  test('nothing is closed while what still lives could not be ended', async () => {
    const { recover, told } = await left({
      events: [started(1), begun(1)],
      doors: () => ({ agents: { endStrays: () => Promise.reject(new Error('it does not die')) } }),
    });
    await assert.rejects(recover(), /it does not die/);
    assert.deepEqual(told(), []);
  });
});

suite('what a turn had told before the crash', () => {
  test('is counted before the turn is closed, and once, also where a second crash came between the two', async () => {
    const reports = [call('m1', 100)];
    let isFull = true;
    const { recover, appended, vault, store } = await left({
      events: [started(1), begun(1), opened(1)],
      reports,
      doors: () => ({
        store: { putFile: (path: string) => (isFull ? Promise.reject(new Error('no space')) : store.putFile(path)) },
      }),
    });
    vault.worktrees.set('/attempts/1/turn-1.ndjson', {});
    const calls = () =>
      appended().flatMap((event) => (event.type === 'usage.recorded' ? [event.data.inputTokens] : [event.type]));
    await assert.rejects(recover(), /no space/);
    assert.deepEqual(calls(), ['100']);
    isFull = false;
    reports.push(call('m2', 20));
    await recover();
    assert.deepEqual(calls(), ['100', '20', 'turn.ended']);
  });

  test('is asked for only where a session was opened', async () => {
    let looks = 0;
    const { recover } = await left({
      events: [started(1), begun(1)],
      doors: () => ({
        agents: {
          usage: async () => {
            looks += 1;
            return [];
          },
        },
      }),
    });
    await recover();
    assert.equal(looks, 0);
  });

  test('that cannot be read leaves the turn open, and the next start closes it', async () => {
    let isBroken = true;
    const { recover, told } = await left({
      events: [started(1), begun(1), opened(1)],
      doors: () => ({
        agents: { usage: async () => (isBroken ? Promise.reject(new Error('no such file')) : []) },
      }),
    });
    await assert.rejects(recover(), /no such file/);
    assert.deepEqual(told(), []);
    isBroken = false;
    await recover();
    assert.deepEqual(told().at(-1), ['turn.ended', 1]);
  });
});
