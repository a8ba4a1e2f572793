import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { OmkError } from '../../domain/error.ts';
import type { GoalEvent } from '../../domain/goal/event.ts';
import { BASE, BLOB, gateSpec, measurement, notStarted, policyOf } from '../../domain/testing/build.ts';
import { endReady } from '../../domain/testing/ready.ts';
import { planOf, started, taskOf } from '../testing/events.ts';
import { fakeContext } from '../testing/fake-context.ts';
import { storeWith } from '../lease.ts';
import type { LeaseToken } from '../../store/port.ts';
import type { Notice, World } from '../world.ts';
import { runGoal } from './run.ts';

interface Doors {
  readonly gates?: object;
  readonly files?: object;
  readonly isThere?: boolean;
}

/** A goal that somebody else left in this state, and a machine on which no gate starts. */
async function left(events: readonly GoalEvent[], { gates = {}, files = {}, isThere = true }: Doors = {}) {
  const [first, ...rest] = events[0]?.type === 'goal.created' ? events : [null, ...events];
  const goal = await fakeContext({
    ...(first?.type === 'goal.created' ? { options: first.data.options } : {}),
    events: rest.filter((event): event is GoalEvent => event !== null),
    doors: ({ asked }) => ({
      gates: {
        clear: async () => void asked.push('clear'),
        run: async ({ round }: { readonly round: number }) =>
          measurement({ purpose: 'baseline', round, tree: BASE, ...notStarted('tool') }),
        ...gates,
      },
      proofs: { build: async () => new Map(), refusal: async () => null, isThere: async () => isThere },
      files: {
        garbage: { drafts: async () => [], attempts: async () => [] },
        writeGoalFolder: async () => void asked.push('publish'),
        ...files,
      },
    }),
  });
  const vault = { ...goal.vault, commitFiles: async () => 'd'.repeat(40) };
  const tokens: (LeaseToken | null)[] = [];
  const store = storeWith(goal.context.world.store, {
    append: (...asked) => {
      tokens.push(asked[5] ?? null);
      return goal.context.world.store.append(...asked);
    },
  });
  const world: World = {
    ...goal.context.world,
    store,
    git: { ...goal.context.world.git, openVault: async () => vault },
  };
  const notices: Notice[] = [];
  const stop = new AbortController();
  const run = (more: object = {}) =>
    runGoal(world, {
      goal: goal.session.goal,
      signal: stop.signal,
      notify: (each) => void notices.push(each),
      ...more,
    });
  const types = async () => (await goal.store.read('')).map(({ event }) => event.type);
  return { ...goal, run, types, notices, stop, tokens };
}

const PAUSED: GoalEvent = { type: 'goal.paused', data: { why: 'x' } };

suite('a goal that is final', () => {
  test('is not worked on again', async () => {
    const goal = await left(endReady());
    await assert.rejects(goal.run(), { code: 'GOAL_TERMINAL' });
    assert.deepEqual(goal.asked, []);
  });

  test('gets its proof where a process was ended before it made one', async () => {
    const goal = await left(endReady(), { isThere: false });
    assert.equal((await goal.run()).status, 'ready');
    assert.deepEqual(goal.asked, ['publish']);
    assert.equal((await goal.types()).at(-1), 'goal.ended', 'and no event');
  });
});

suite('a goal that stopped', () => {
  test('goes on under a lease whose token every append carries, the first and the last too', async () => {
    const goal = await left([PAUSED]);
    await goal.run();
    assert.ok(goal.tokens.length > 3);
    for (const token of goal.tokens) assert.deepEqual(token, { key: '', token: 1 });
  });

  test('goes on: what lives is ended first, then it is resumed, with where the budgets stand', async () => {
    const goal = await left([PAUSED]);
    await goal.run();
    const types = await goal.types();
    assert.deepEqual(types.slice(1, 4), ['goal.paused', 'goal.resumed', 'budget.checkpoint']);
    assert.equal(goal.asked[0], 'end dead gates');
  });

  test('a turn that was under way is closed before the goal is resumed', async () => {
    const goal = await left([
      planOf(taskOf('t1')),
      started(1),
      { type: 'turn.started', data: { attempt: 1, turn: 1, prompt: BLOB } },
      PAUSED,
    ]);
    await goal.run();
    const types = await goal.types();
    assert.ok(types.indexOf('turn.ended') < types.indexOf('goal.resumed'), types.join());
  });

  test('by what was missing here is looked at again without an answer', async () => {
    const question = { id: 'q', code: 'cannot_run', subject: 'test', text: '', gates: ['test'] } as const;
    const goal = await left([
      { type: 'policy.resolved', data: { policy: policyOf(gateSpec()) } },
      { type: 'question.asked', data: { question } },
      { type: 'goal.ended', data: { status: 'blocked_on_human', gaps: [], failure: null } },
    ]);
    await goal.run();
    const events = (await goal.store.read('')).map(({ event }) => event);
    const answered = events.find(({ type }) => type === 'question.answered');
    assert.deepEqual(answered?.data, { question: 'q', answer: { kind: 'retry' } });
  });

  test('does only the step that is asked for, and that is in the log before it begins', async () => {
    const goal = await left([]);
    await goal.run({ step: 'verify' });
    const events = (await goal.store.read('')).map(({ event }) => event);
    const resumed = events.find((event) => event.type === 'goal.resumed');
    assert.deepEqual(resumed?.data, { why: 'omk goal verify', step: 'verify' });
    assert.deepEqual((await goal.types()).slice(1, 3), ['goal.paused', 'goal.resumed']);
  });
});

suite('after the work', () => {
  test('gates are cleared and the folder is written, whatever came of it', async () => {
    const bug = new TypeError('a bug');
    const goal = await left([], { gates: { resolve: () => Promise.reject(bug) } });
    await assert.rejects(goal.run(), bug);
    assert.ok(goal.asked.includes('clear') && goal.asked.includes('publish'));
  });

  test('what cannot be written then is a warning: the log has said how the goal stands', async () => {
    const full = new OmkError('DISK_FULL', 'There is no space left.', 'free some');
    const goal = await left([], { files: { writeGoalFolder: () => Promise.reject(full) } });
    const state = await goal.run();
    assert.notEqual(state.status, 'running');
    const warnings = goal.notices.flatMap((each) => (each.kind === 'warning' ? [each.text] : []));
    assert.deepEqual(warnings, ['There is no space left: free some']);
  });

  test('a bug in clearing away is no warning', async () => {
    const goal = await left([], { gates: { clear: () => Promise.reject(new TypeError('a bug')) } });
    await assert.rejects(goal.run(), /a bug/);
    assert.ok(goal.asked.includes('publish'), 'the rest was done');
  });
});

test('a stop before the work pauses the goal', async () => {
  const goal = await left([]);
  goal.stop.abort();
  const state = await goal.run();
  assert.equal(state.status, 'paused');
});

test('output that cannot be written any more is noted, and ends nothing', async () => {
  let tell: (lost: { readonly stream: 'stdout' | 'stderr'; readonly code: string }) => void = () => undefined;
  const goal = await left([], {
    gates: {
      resolve: async () => {
        tell({ stream: 'stdout', code: 'EPIPE' });
        return policyOf(gateSpec());
      },
    },
  });
  let stopped = false;
  const onLost = (told: typeof tell) => {
    tell = told;
    return () => (stopped = true);
  };
  await goal.run({ onLost });
  const lost = (await goal.store.read('')).map(({ event }) => event).find(({ type }) => type === 'output.lost');
  assert.deepEqual(lost?.data, { stream: 'stdout', why: 'EPIPE' });
  assert.equal(stopped, true);
});
