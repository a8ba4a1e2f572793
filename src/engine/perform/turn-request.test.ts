import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { OmkError } from '../../domain/error.ts';
import type { GoalEvent } from '../../domain/goal/event.ts';
import { COMPLETED } from '../../domain/testing/build.ts';
import type { Activity, TurnRequest } from '../../world/agents/port.ts';
import { planOf, started, taskOf, turned } from '../testing/events.ts';
import { fakeContext, type FakeOptions } from '../testing/fake-context.ts';
import { runTurn } from './run-turn.ts';

type Act = (request: TurnRequest, tell: (activity: Activity) => void, signal: AbortSignal) => Promise<object>;

const RESULT = {
  outcome: COMPLETED,
  session: 's-1',
  resumed: false,
  sandbox: { kind: 'none', why: 'x' },
  claimedUsage: {},
  permissions: [],
  durationMs: 1,
};

/** A turn of an agent that does as it is told here. */
async function turn(
  act: Act = async () => RESULT,
  { events = [planOf(taskOf('t1')), started(1)], ...more }: FakeOptions = {},
  doors: object = {},
) {
  const requests: TurnRequest[] = [];
  const goal = await fakeContext({
    events,
    base: { 'AGENTS.md': 'Be kind.\n', 'a.txt': 'a\n' },
    ...more,
    doors: () => ({
      agents: {
        runTurn: async (...asked: Parameters<Act>) => {
          requests.push(asked[0]);
          return act(...asked);
        },
      },
      files: {
        scratchDir: async (dir: string) => `${dir}/scratch`,
        exists: async (path: string) => !path.endsWith('.stderr'),
      },
      layers: { forAgent: async () => ({ env: { NODE_PATH: 'x' }, pathPrefix: ['/layer/bin'], binds: [] }) },
      ...doors,
    }),
  });
  const go = (number = 1, reason: 'first' | 'feedback' | 'continue' = 'first') =>
    runTurn(goal.context, 1, number, reason);
  const types = () => goal.appended().map(({ type }) => type);
  return { ...goal, go, types, requests };
}

suite('what an agent is given', () => {
  test('its worktree, a place for scratch, and nothing of what omk keeps', async () => {
    const goal = await turn();
    await goal.go();
    const [request] = goal.requests;
    assert.deepEqual([request?.worktree, request?.scratch], ['/attempts/1/tree', '/attempts/1/scratch']);
    for (const path of ['/state', '/state/vaults/r.git', '/r']) assert.ok(request?.hidden.includes(path), path);
    assert.equal(request?.marker, `${goal.session.goal}.1`);
  });

  test('the prompt that is recorded, with what the base tells agents', async () => {
    const goal = await turn();
    await goal.go();
    const [event] = goal.appended();
    assert.ok(event?.type === 'turn.started');
    const kept = Buffer.from((await goal.store.getBlob(event.data.prompt.sha256)) ?? []).toString();
    assert.equal(kept, goal.requests[0]?.prompt);
    assert.match(kept, /AGENTS\.md/);
  });

  test('the session of its last turn that had one', async () => {
    const goal = await turn(undefined, {
      events: [planOf(taskOf('t1')), started(1), ...turned(1, 1, null, { session: 's-old' })],
      state: {},
    });
    await goal.go(2, 'continue');
    assert.equal(goal.requests[0]?.session, 's-old');
    const first = await turn();
    await first.go();
    assert.equal(first.requests[0]?.session, null);
  });

  test('copies of the dependencies, where there are some', async () => {
    const layer = { layer: async () => ({ kind: 'layer', layer: { digest: 'd' } }) };
    const goal = await turn(undefined, {}, { gates: layer });
    await goal.go();
    assert.deepEqual([goal.requests[0]?.env, goal.requests[0]?.pathPrefix], [{ NODE_PATH: 'x' }, ['/layer/bin']]);
    const none = await turn();
    await none.go();
    assert.deepEqual(none.requests[0]?.env, {});
  });
});

suite('a turn', () => {
  test('is recorded before the agent starts, so that a crash finds it', async () => {
    const seen: (readonly string[])[] = [];
    const goal = await turn(async () => {
      seen.push(goal.types());
      return RESULT;
    });
    await goal.go();
    assert.deepEqual(seen, [['turn.started']]);
  });

  test('ends with how it ended, where the budgets stand, and what was said, kept', async () => {
    const goal = await turn();
    await goal.go();
    assert.deepEqual(goal.types().slice(-2), ['turn.ended', 'budget.checkpoint']);
    const ended = goal.appended().find(({ type }) => type === 'turn.ended');
    assert.ok(ended?.type === 'turn.ended');
    assert.ok(ended.data.stream, 'the stream was there');
    assert.equal(ended.data.stderr, null, 'standard error was not');
  });

  test('notes its session as soon as it is opened, before it ends', async () => {
    const goal = await turn(async (_request, tell) => {
      tell({ kind: 'session', id: 's-1', resumed: false });
      return RESULT;
    });
    await goal.go();
    assert.ok(goal.types().indexOf('session.opened') < goal.types().indexOf('turn.ended'));
  });

  test('of a goal that was paused meanwhile takes no session, ends and is kept', async () => {
    const goal = await turn(async (_request, tell) => {
      await goal.session.append({ type: 'goal.paused', data: { why: 'x' } });
      tell({ kind: 'session', id: 's-1', resumed: false });
      return RESULT;
    });
    await goal.go();
    assert.deepEqual(goal.types().includes('session.opened'), false);
    assert.ok(goal.types().includes('turn.ended'));
  });

  test('is stopped when the budget is spent while it runs', async () => {
    const budget = { time: '1h', tokens: null, picoUsd: null };
    let secs = 1n;
    let stopped = false;
    const goal = await turn(
      async (_request, _tell, signal) => {
        secs = 3600n;
        goal.clock.advance(1000);
        stopped = signal.aborted;
        return { ...RESULT, outcome: { kind: 'interrupted' } };
      },
      { options: { budget } },
    );
    await runTurn({ ...goal.context, elapsed: () => secs }, 1, 1, 'first');
    assert.equal(stopped, true);
  });

  test('is told to stop when somebody says stop', async () => {
    const goal = await turn(async (_request, _tell, signal) => {
      goal.stop.abort();
      return { ...RESULT, outcome: { kind: signal.aborted ? 'cancelled' : 'interrupted' } };
    });
    await goal.go();
    const ended = goal.appended().find(({ type }) => type === 'turn.ended');
    assert.deepEqual(ended?.type === 'turn.ended' && ended.data.outcome, { kind: 'cancelled' });
  });

  test('whose worktree is gone is not begun', async () => {
    const gone = { files: { exists: async () => false } };
    const goal = await turn(undefined, {}, gone);
    await assert.rejects(goal.go(), { code: 'WORKTREE_MISSING', exit: 6 });
    assert.deepEqual([goal.requests, goal.types()], [[], []]);
  });

  test('that the machine fails at leaves the turn open, for the next process to close', async () => {
    const full = new OmkError('DISK_FULL', 'no space', 'x');
    const goal = await turn(() => Promise.reject(full));
    await assert.rejects(goal.go(), full);
    assert.deepEqual(goal.types(), ['turn.started']);
  });
});

const events: readonly GoalEvent[] = [planOf(taskOf('t1')), started(1)];

test('the timers of a turn end with it, however it ends', async () => {
  for (const act of [async () => RESULT, () => Promise.reject(new Error('x'))]) {
    let told = 0;
    const goal = await turn(act, { events });
    await goal.go().catch(() => undefined);
    const before = goal.notices.filter(({ kind }) => kind === 'budget').length;
    goal.clock.advance(10_000);
    told = goal.notices.filter(({ kind }) => kind === 'budget').length;
    assert.equal(told, before);
  }
});
