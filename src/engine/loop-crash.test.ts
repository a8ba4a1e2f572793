import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { LoggedEvent } from '../domain/goal/event.ts';
import { BASE, COMPLETED, measurement, shows } from '../domain/testing/build.ts';
import { CANARY } from '../domain/testing/ready.ts';
import type { Store } from '../store/port.ts';
import type { TurnRequest } from '../world/agents/port.ts';
import type { RunGateRequest } from '../world/gates/port.ts';
import { storeWith } from './lease.ts';
import { work } from './loop.ts';
import { recover } from './recover.ts';
import { Session } from './session.ts';
import { StopRequest } from './stop-request.ts';
import { fakeContext } from './testing/fake-context.ts';

const RED = 'export const subtract = (a, b) => a + b;\n';
const GREEN = 'export const subtract = (a, b) => a - b;\n';
const PATH = 'src/subtract.js';

/** A goal that an agent mends in one turn, from its first event on: a red test, green after it. `act`: what happens within the turn. */
async function goalOf(act: (request: TurnRequest, signal: AbortSignal) => Promise<void> = async () => undefined) {
  const turns: string[] = [];
  const goal = await fakeContext({
    base: { [PATH]: RED },
    doors: ({ vault, asked }) => ({
      gates: {
        canaryFor: async () => ({ kind: 'planted', canary: CANARY }),
        run: async ({ gate, purpose, round, tree, canaryBase }: RunGateRequest) => {
          asked.push(`${purpose} ${round}`);
          const isRed = vault.filesOf(tree)[PATH] === RED;
          const canary = canaryBase === null ? [] : [CANARY.name];
          const outcomes = {
            passed: isRed ? ['adds'] : ['adds', 'subtracts'],
            failed: [...(isRed ? ['subtracts'] : []), ...canary],
          };
          const shown = shows(outcomes, canaryBase === null ? {} : { canary: CANARY });
          return measurement({ gate: gate.id, purpose, round, tree, ...shown });
        },
      },
      agents: {
        runTurn: async (request: TurnRequest, _observe: unknown, signal: AbortSignal) => {
          turns.push(request.worktree);
          await act(request, signal);
          vault.worktrees.set(request.worktree, { [PATH]: GREEN });
          return {
            outcome: signal.aborted ? { kind: 'interrupted' } : COMPLETED,
            session: 's1',
            resumed: false,
            sandbox: { kind: 'none', why: 'a test' },
            claimedUsage: {},
            permissions: [],
            durationMs: 1,
          };
        },
      },
      files: { scratchDir: async (dir: string) => `${dir}/scratch` },
      syntax: {
        read: async (files: readonly object[]) => files.map(() => ({ kind: 'not_read', why: 'no parser' })),
        hollow: async (files: readonly object[]) => files.map(() => ({ kind: 'not_read', why: 'no parser' })),
      },
      proofs: { build: async () => new Map(), refusal: async () => null },
    }),
  });
  /** As a process does that has just been started, with this store. */
  const start = async (store: Store = goal.store) => {
    const session = await Session.open({ store, clock: goal.clock }, goal.session.goal);
    const context = { ...goal.context, session };
    await recover(context);
    return work(context);
  };
  const events = async (): Promise<readonly LoggedEvent[]> => (await goal.store.read('')).map(({ event }) => event);
  return { ...goal, turns, start, events };
}

/** The store of a process that ends at its nth append: before that was written, or after. */
function killedAt(store: Store, nth: number, when: 'before' | 'after'): Store {
  let appends = 0;
  return storeWith(store, {
    append: async (...asked) => {
      appends += 1;
      if (appends > nth || (appends === nth && when === 'before')) throw new TypeError('killed');
      const done = await store.append(...asked);
      if (appends === nth) throw new TypeError('killed');
      return done;
    },
  });
}

/** What is established once in a goal, whatever happens to the processes that work on it. */
const onceIn = (events: readonly LoggedEvent[]): readonly string[] =>
  events.flatMap((event) => {
    if (event.type === 'gate.measured') return [`${event.data.purpose} ${event.data.round} ${event.data.tree}`];
    return /^(?:turn|attempt|snapshot|session|usage|budget|state)\./.test(event.type) ? [] : [event.type];
  });

suite('a process that is killed at any event', () => {
  for (const when of ['before', 'after'] as const)
    test(`${when} it was written: the next one goes on and establishes each thing once, as if nothing had happened`, async () => {
      const whole = await goalOf();
      assert.equal((await whole.start()).status, 'ready');
      const expected = onceIn(await whole.events());
      let kills = 0;
      for (let nth = 1; ; nth += 1) {
        const { start, store, events, turns, vault, session } = await goalOf();
        const first = await start(killedAt(store, nth, when)).catch((error: unknown) => error);
        if (!(first instanceof TypeError)) break;
        assert.equal(first.message, 'killed');
        kills += 1;
        const state = await start();
        assert.equal(state.status, 'ready', `killed at ${nth}`);
        assert.deepEqual(onceIn(await events()), expected, `killed at ${nth}`);
        assert.ok(turns.length <= 2, `${turns.length} turns when killed at ${nth}`);
        assert.deepEqual(vault.filesOf(state.integrated?.tree ?? ''), { [PATH]: GREEN });
        assert.ok(vault.refs.has(`refs/omk/goals/${session.goal}/result`));
      }
      assert.ok(kills > 12, `only ${kills} events`);
    });

  test('and so are those after it: the goal is ended by the last one alone, in the attempt that the first one began', async () => {
    const { start, store, events } = await goalOf();
    let state: unknown = null;
    let processes = 0;
    do {
      processes += 1;
      state = await start(killedAt(store, 5, 'after')).catch((error: unknown) => error);
    } while (state instanceof TypeError && processes < 20);
    const all = await events();
    assert.ok(processes > 2 && processes < 20, `${processes} processes`);
    assert.equal(all.filter(({ type }) => type === 'goal.ended').length, 1);
    assert.equal(all.filter(({ type }) => type === 'attempt.started').length, 1, 'what it had was gone on with');
  });
});

suite('a goal that is stopped within a turn', () => {
  test('keeps the work of the turn before it pauses, runs nothing more, and goes on from there', async () => {
    const goal = await goalOf(async () => goal.stop.abort(new StopRequest('stopped by omk goal pause')));
    const state = await goal.start();
    const types = (await goal.events()).map(({ type }) => type).filter((type) => !/^(?:budget|state)\./.test(type));
    assert.equal(state.status, 'paused');
    assert.deepEqual(types.slice(-3), ['turn.ended', 'snapshot.taken', 'goal.paused']);
    const [attempt] = state.attempts;
    assert.deepEqual(goal.vault.filesOf(attempt?.turns[0]?.snapshot?.candidate ?? BASE), { [PATH]: GREEN });
    assert.deepEqual(
      goal.asked.filter((asked) => asked.startsWith('contract')),
      [],
    );
  });

  test('by another process that cancels it: the turn is closed and kept, and nothing follows the cancel but that', async () => {
    const goal = await goalOf(async () => {
      const other = await Session.open(goal.context.world, goal.session.goal);
      await other.append({ type: 'goal.cancelled', data: { why: 'enough' } });
    });
    const state = await goal.start();
    const types = (await goal.events()).map(({ type }) => type);
    assert.equal(state.status, 'cancelled');
    assert.deepEqual(
      types.slice(types.indexOf('goal.cancelled') + 1).filter((type) => !/^(?:usage|budget|state)\./.test(type)),
      ['turn.ended', 'snapshot.taken'],
    );
    assert.equal(goal.turns.length, 1);
  });
});
