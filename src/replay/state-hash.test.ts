import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { fc } from '../domain/testing/fast-check.ts';
import type { GoalEvent, LoggedEvent } from '../domain/goal/event.ts';
import { fold } from '../domain/transition/evolve.ts';
import * as build from '../domain/testing/build.ts';
import { anyEvents } from '../domain/testing/events.ts';
import { rebuild } from './rebuild.ts';
import { hashState, withCheckpoints } from './state-hash.ts';

const logged = (events: readonly GoalEvent[]): readonly LoggedEvent[] =>
  events.map((event, seq) => ({ ...event, v: 1, seq, ts: '2026-01-31T12:00:00.000Z', prev: '0'.repeat(64) }));

const pause = (count: number): readonly GoalEvent[] =>
  Array.from({ length: count }, () => ({ type: 'goal.paused', data: { why: 'x' } }));

describe('hashes of the state in the log', () => {
  test('property: they are those that a replay makes, and writing them twice changes nothing', () => {
    fc.assert(
      fc.property(anyEvents, (any) => {
        const events = any.filter(({ type }) => type !== 'state.checkpoint');
        const written = withCheckpoints(fold([]), events);
        assert.deepEqual(withCheckpoints(fold([]), written), written);
        const rebuilt = rebuild(logged(written));
        assert.notEqual(rebuilt.kind, 'diverged');
      }),
    );
  });

  test('one is written before every hundredth event and before the end', () => {
    const end: GoalEvent = { type: 'goal.ended', data: { status: 'not_ready', gaps: [], failure: null } };
    const written = withCheckpoints(fold([]), [...pause(250), end]);
    const at = written.flatMap((event, seq) => (event.type === 'state.checkpoint' ? [seq] : []));
    assert.deepEqual(at, [100, 200, 252]);
  });

  test('an event that was changed before one of them is where the replay diverges', () => {
    const written = logged(withCheckpoints(fold([]), pause(150)));
    assert.equal(rebuild(written).kind, 'reproduced');
    const shorter = written.toSpliced(7, 1);
    assert.deepEqual(rebuild(shorter).kind, 'diverged');
  });

  test('a log of before is compared by the projection that it names', () => {
    const created: GoalEvent = { type: 'goal.created', data: build.created() };
    const old: GoalEvent = {
      type: 'state.checkpoint',
      data: { projection: 'state/1', sha256: hashState(fold([created]), 'state/1') },
    };
    assert.equal(rebuild(logged([created, old])).kind, 'reproduced');
    assert.notEqual(hashState(fold([created]), 'state/1'), hashState(fold([created])));
  });

  test('what became of tasks, and what an oracle handed in, is part of the state', () => {
    const state = fold([{ type: 'goal.created', data: build.created() }]);
    const task = { id: 't1', allowed: 2, accepted: null, returned: [], integrated: null, done: null, givenUp: false };
    const read = { attempt: 1, turn: 1, tree: build.tree('handed in'), kind: 'refused', why: ['no test'] } as const;
    const others = [
      { ...state, tasks: [task] },
      { ...state, tasks: [{ ...task, givenUp: true }] },
      { ...state, tasks: [{ ...task, done: { commit: 'c'.repeat(40), tree: build.tree('head') } }] },
      { ...state, submissions: [read] },
      { ...state, approved: { commitment: 'a'.repeat(64) } },
      { ...state, approved: { plan: 'a'.repeat(64) } },
      { ...state, plans: [{ attempt: 1, turn: 1, kind: 'refused', why: ['no plan'] } as const] },
      { ...state, rejected: { why: 'too weak', oracles: 1, planners: 0 } },
      { ...state, rejected: { why: 'too weak', oracles: 0, planners: 1 } },
      { ...state, head: { commit: 'c'.repeat(40), tree: build.tree('head') } },
    ];
    const hashes = [state, ...others].map((each) => hashState(each));
    assert.equal(new Set(hashes).size, hashes.length);
    assert.equal(new Set([state, ...others].map((each) => hashState(each, 'state/1'))).size, 1);
  });

  test('a log without any, or of another projection, cannot be compared', () => {
    assert.equal(rebuild(logged(pause(3))).kind, 'not_comparable');
    const other: GoalEvent = { type: 'state.checkpoint', data: { projection: 'state/0', sha256: hashState(fold([])) } };
    assert.equal(rebuild(logged([other])).kind, 'not_comparable');
  });
});
