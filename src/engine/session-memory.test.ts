import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { fc } from '../domain/testing/fast-check.ts';
import { OmkError } from '../domain/error.ts';
import type { GoalEvent } from '../domain/goal/event.ts';
import { BLOB, created } from '../domain/testing/build.ts';
import { fold } from '../domain/transition/evolve.ts';
import type { Store } from '../store/port.ts';
import { fakeContext } from './testing/fake-context.ts';
import { planOf, started, taskOf } from './testing/events.ts';
import { Session } from './session.ts';
import { storeWith } from './lease.ts';

const paused = (why: string): GoalEvent => ({ type: 'goal.paused', data: { why } });
const RESUMED: GoalEvent = { type: 'goal.resumed', data: { why: 'x' } };

/** Two processes that have the same goal open. */
async function two(store: (of: Store) => Store = (of) => of) {
  const goal = await fakeContext();
  const doors = { store: store(goal.store), clock: goal.clock };
  const other = await Session.open(doors, goal.session.goal);
  const types = async () => (await goal.store.read('')).map(({ event }) => event.type);
  return { ...goal, other, types };
}

suite('two processes with one goal', () => {
  test('whatever they append in whichever order, the log is what the table admits, and both see the same state', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({ who: fc.boolean(), what: fc.constantFrom('pause', 'resume', 'refresh'), together: fc.boolean() }),
          {
            maxLength: 14,
          },
        ),
        async (acts) => {
          const { session, other, store } = await two();
          let under: Promise<unknown>[] = [];
          for (const { who, what, together } of acts) {
            const one = who ? session : other;
            const done = what === 'refresh' ? one.refresh() : one.append(what === 'pause' ? paused('x') : RESUMED);
            under.push(
              done.catch((error: unknown) => {
                assert.ok(error instanceof OmkError && error.code === 'GOAL_REFUSES', String(error));
              }),
            );
            if (together) continue;
            await Promise.all(under);
            under = [];
          }
          await Promise.all(under);
          await session.refresh();
          await other.refresh();
          const events = (await store.read('')).map(({ event }) => event);
          assert.deepEqual(fold(events), session.state);
          assert.deepEqual(other.state, session.state);
          assert.deepEqual(
            events.map(({ seq }) => seq),
            events.map((_event, index) => index),
          );
        },
      ),
      { numRuns: 60 },
    );
  });

  test('what the slower one wants is judged by the state that the faster one left', async () => {
    const { session, other, types } = await two();
    await other.append(paused('by another'));
    await assert.rejects(
      session.append(planOf(taskOf('t1')), started(1), {
        type: 'turn.started',
        data: { attempt: 1, turn: 1, prompt: BLOB },
      }),
      {
        code: 'GOAL_REFUSES',
      },
    );
    assert.deepEqual(await types(), ['goal.created', 'goal.paused'], 'none of its events was written');
  });
});

suite('an end that is proven before it is written', () => {
  const END = (): readonly GoalEvent[] => [paused('proven')];

  test('is proven again when another process appended meanwhile', async () => {
    const { session, other, types } = await two();
    const seen: number[] = [];
    const objection = await session.appendProven(END, async (lines) => {
      seen.push(lines.length);
      if (seen.length === 1) await other.append(planOf(taskOf('t1')));
      return null;
    });
    assert.equal(objection, null);
    assert.deepEqual(seen, [2, 3], 'the second time with what was appended');
    assert.deepEqual(await types(), ['goal.created', 'plan.made', 'goal.paused']);
  });

  test('is proven again when this process read meanwhile what another appended', async () => {
    const { session, other } = await two();
    const seen: number[] = [];
    await session.appendProven(END, async (lines) => {
      seen.push(lines.length);
      if (seen.length === 1) await other.append(planOf(taskOf('t1')));
      await session.refresh();
      return null;
    });
    assert.deepEqual(seen, [2, 3]);
  });

  test('with an objection is not written, and the objection is told', async () => {
    const { session, types } = await two();
    assert.equal(await session.appendProven(END, async () => 'it does not verify'), 'it does not verify');
    assert.deepEqual(await types(), ['goal.created']);
  });

  test('is to the byte what was shown', async () => {
    const { session, store } = await two();
    let shown: readonly string[] = [];
    await session.appendProven(END, async (lines) => {
      shown = lines.map(({ line }) => line);
      return null;
    });
    assert.deepEqual(
      (await store.read('')).map(({ line }) => line),
      shown,
    );
  });
});

suite('a store that fails', () => {
  const FULL = new OmkError('STORE_FULL', 'There is no space left', 'free some', { exit: 6 });

  test('fails the append, leaves the state as it was, and the next append goes on', async () => {
    let isFull = true;
    const { other, types } = await two((store) =>
      storeWith(store, { append: (...asked) => (isFull ? Promise.reject(FULL) : store.append(...asked)) }),
    );
    await assert.rejects(other.append(paused('x')), FULL);
    assert.equal(other.state.status, 'running');
    isFull = false;
    await other.append(paused('x'));
    assert.deepEqual(await types(), ['goal.created', 'goal.paused']);
  });

  test('after it wrote: what is in the log is seen at the next look, and is not written twice', async () => {
    let reads = 0;
    const { other, types } = await two((store) =>
      storeWith(store, {
        read: (...asked) => {
          reads += 1;
          return reads === 2 ? Promise.reject(FULL) : store.read(...asked);
        },
      }),
    );
    await assert.rejects(other.append(paused('x')), FULL);
    await other.refresh();
    assert.equal(other.state.status, 'paused');
    await assert.rejects(other.append(paused('x')), { code: 'GOAL_REFUSES' });
    assert.deepEqual(await types(), ['goal.created', 'goal.paused']);
  });
});

test('a goal without a first event is no goal, and takes nothing but one', async () => {
  const { store, clock } = await fakeContext();
  const empty = storeWith(store, { read: async () => [] });
  const session = await Session.open({ store: empty, clock }, 'g-9');
  assert.equal(session.state.created, null);
  await assert.rejects(session.append(paused('x')), { code: 'GOAL_REFUSES' });
  assert.notEqual(created().goal, 'g-9');
});
