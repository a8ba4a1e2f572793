import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import type { GoalEvent } from '../domain/goal/event.ts';
import { BASE, BLOB, COMPLETED, gateSpec, measurement, policyOf, shows, turnEnded } from '../domain/testing/build.ts';
import { openPrices } from '../world/prices/open.ts';
import { recover } from './recover.ts';
import { goalUnderTest } from './testing/goal.ts';

const baseline = (round: 1 | 2): GoalEvent => ({
  type: 'gate.measured',
  data: measurement({ purpose: 'baseline', round, tree: BASE, ...shows({ passed: ['adds'], failed: ['subtracts'] }) }),
});
const planned = (worktree: string): readonly GoalEvent[] => [
  { type: 'policy.resolved', data: { policy: policyOf(gateSpec()) } },
  { type: 'dependencies.prepared', data: { layer: null, detail: 'none' } },
  baseline(1),
  baseline(2),
  {
    type: 'plan.made',
    data: {
      plan: {
        criteria: [{ id: 'c1', text: 'green', kind: 'test', gate: 'test' }],
        tasks: [{ id: 't1', title: 'x', brief: 'x', needs: [], writes: [], criteria: ['c1'] }],
      },
      refused: [],
    },
  },
  { type: 'attempt.started', data: { attempt: 1, task: 't1', worktree } },
];
const TURN: GoalEvent = { type: 'turn.started', data: { attempt: 1, turn: 1, prompt: BLOB } };

async function crashed(t: TestContext, ...after: readonly GoalEvent[]) {
  const folder = mkdtempSync(join(tmpdir(), 'omk-recover-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const worktree = join(folder, 'tree');
  mkdirSync(worktree);
  const { session, store } = await goalUnderTest(t, {}, [...planned(worktree), ...after]);
  const ended: string[] = [];
  const world = {
    store,
    prices: openPrices({}),
    gates: { endDead: async () => void ended.push('gates') },
    agents: { endStrays: async (marker: string) => ended.push(marker), usage: async () => [] },
    files: { exists: async (path: string) => existsSync(path) },
  };
  const from = session.state.version;
  return {
    ended,
    folder,
    worktree,
    goal: session.goal,
    recover: async () => {
      await recover({ world, session });
      return (await store.read(session.goal, from)).map(({ event }) => event);
    },
  };
}

test('a turn that was under way is closed as interrupted, with what the agent said so far', async (t) => {
  const crash = await crashed(t, TURN);
  writeFileSync(join(crash.folder, 'turn-1.ndjson'), '{"said":"half"}\n');
  const [event, ...more] = await crash.recover();
  assert.deepEqual(more, []);
  assert.ok(event?.type === 'turn.ended');
  assert.deepEqual([event.data.outcome, event.data.stream?.bytes], [{ kind: 'interrupted' }, 16]);
  assert.deepEqual(crash.ended, ['gates', `${crash.goal}.1`], 'what still lived was ended first');
});

test('an attempt whose worktree is gone is given up, also when its turn was over', async (t) => {
  const crash = await crashed(t, TURN, { type: 'turn.ended', data: turnEnded(1, 1, COMPLETED) });
  rmSync(crash.worktree, { recursive: true });
  assert.deepEqual(
    (await crash.recover()).map(({ type, data }) => [type, 'why' in data ? data.why : null]),
    [['attempt.ended', 'agent_failed']],
  );
});

test('where nothing was under way, nothing is recorded', async (t) => {
  const crash = await crashed(t, TURN, { type: 'turn.ended', data: turnEnded(1, 1, COMPLETED) });
  assert.deepEqual(await crash.recover(), []);
});
