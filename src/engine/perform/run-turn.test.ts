import assert from 'node:assert/strict';
import { test } from 'node:test';
import { OmkError } from '../../domain/error.ts';
import type { Store } from '../../store/port.ts';
import type { Activity, Agents } from '../../world/agents/port.ts';
import type { Context } from '../context.ts';
import { Session } from '../session.ts';
import { goalUnderTest } from '../testing/goal.ts';
import { runTurn } from './run-turn.ts';

const FULL = new OmkError('STORE_FULL', 'There is no space left', 'free some', { exit: 6 });
const CALL: Activity = {
  kind: 'usage',
  session: 's-1',
  reports: [
    {
      message: 'm-1',
      scope: 'turn',
      reporting: 'call',
      model: 'x',
      inputTokens: 1,
      cachedTokens: null,
      outputTokens: 1,
      totalPicoUsd: null,
      costToldElsewhere: false,
    },
  ],
};

/** A store that has no room for one type of event. */
const without = (store: Store, type: string): Store =>
  new Proxy(store, {
    get: (target, name) => {
      if (name === 'append')
        return (...args: Parameters<Store['append']>) =>
          args[2].some((event) => event.type === type) ? Promise.reject(FULL) : target.append(...args);
      const value: unknown = Reflect.get(target, name);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });

for (const [type, activity] of [
  ['session.opened', { kind: 'session', id: 's-1', resumed: false }],
  ['usage.recorded', CALL],
] as const)
  test(`an agent is stopped when ${type} cannot be recorded, and that is what fails`, async (t) => {
    const {
      store,
      clock,
      session: first,
    } = await goalUnderTest(t, {}, [
      { type: 'attempt.started', data: { attempt: 1, task: 't1', worktree: '/w/tree' } },
    ]);
    const session = await Session.open({ store: without(store, type), clock }, first.goal);
    const unhandled: unknown[] = [];
    const note = (error: unknown): void => void unhandled.push(error);
    process.on('unhandledRejection', note);
    t.after(() => process.off('unhandledRejection', note));
    let stopped = false;
    const agents: Pick<Agents, 'runTurn'> = {
      runTurn: async (_request, act, signal) => {
        act(activity);
        // The agent would work for ever.
        await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
        stopped = true;
        return {
          outcome: { kind: 'interrupted' },
          session: null,
          resumed: false,
          sandbox: { kind: 'none', why: 'x' },
          claimedUsage: {},
          permissions: [],
          durationMs: 1,
        };
      },
    };
    const world = {
      store,
      clock,
      agents,
      prices: { cost: async () => null },
      files: { stateDir: '/s', exists: async () => true, scratchDir: async () => '/w/scratch' },
      gates: { layer: async () => ({ kind: 'none', why: 'x' }) },
      git: { supplies: async () => ({ secrets: [] }) },
    };
    const context = {
      world,
      session,
      vault: { dir: '/v', readFile: async () => null },
      notify: () => undefined,
      signal: new AbortController().signal,
      elapsed: () => 1n,
    } as object as Context;
    await assert.rejects(runTurn(context, 1, 1, 'first'), FULL);
    await new Promise((resolve) => setImmediate(resolve));
    assert.equal(stopped, true);
    assert.deepEqual(unhandled, []);
  });
