import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { GoalEvent, LoggedEvent } from '../domain/goal/event.ts';
import { fold } from '../domain/goal/evolve.ts';
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

  test('a log without any, or of another projection, cannot be compared', () => {
    assert.equal(rebuild(logged(pause(3))).kind, 'not_comparable');
    const other: GoalEvent = { type: 'state.checkpoint', data: { projection: 'state/0', sha256: hashState(fold([])) } };
    assert.equal(rebuild(logged([other])).kind, 'not_comparable');
  });
});
