import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { GoalEvent, LoggedEvent } from '../../domain/goal/event.ts';
import type { GoalState } from '../../domain/goal/state.ts';
import { created, snapshotOf, tree } from '../../domain/testing/build.ts';
import { fold } from '../../domain/transition/evolve.ts';
import { planOf, started, taskOf, turned } from '../testing/events.ts';
import { pointOf, type ForkPoint } from './fork-point.ts';

const [ONE, TWO] = [tree('one'), tree('two')];
const logged = (events: readonly GoalEvent[]): readonly LoggedEvent[] =>
  events.map((event, seq) => ({ ...event, v: 2, seq, ts: '2026-01-31T12:00:00.000Z', prev: '' }));

const log = (...tasks: readonly string[]): readonly LoggedEvent[] =>
  logged([
    { type: 'goal.created', data: created() },
    planOf(...tasks.map((id) => taskOf(id))),
    started(1),
    ...turned(1, 1, snapshotOf(ONE)),
    ...turned(1, 2, snapshotOf(TWO)),
  ]);

const point = (
  events: readonly LoggedEvent[],
  at: Partial<ForkPoint> & Pick<ForkPoint, 'kind'>,
  state: GoalState = fold(events),
) => pointOf('g-7', state, events, Object.assign({ task: null }, at) as ForkPoint);

suite('a fork begins', () => {
  test('with the newest work, and knows how much of the log that was', () => {
    const events = log('t1');
    assert.deepEqual(point(events, { kind: 'newest' }), { tree: TWO, seq: events.length, of: { attempt: 1, turn: 2 } });
  });

  test('with the work of a turn', () => {
    const found = point(log('t1'), { kind: 'turn', attempt: 1, turn: 1 });
    assert.deepEqual([found.tree, found.seq], [ONE, 6], 'the snapshot is the sixth event');
  });

  test('with none that is not there, and says which are', () => {
    assert.throws(() => point(log('t1'), { kind: 'turn', attempt: 1, turn: 7 }), {
      code: 'NO_CANDIDATE',
      fix: 'there is: --at 1.1, --at 1.2',
    });
  });

  test('with what there was before an event', () => {
    assert.equal(point(log('t1'), { kind: 'event', seq: 7 }).tree, ONE);
    assert.equal(point(log('t1'), { kind: 'event', seq: 9 }).tree, TWO);
  });

  test('not before there was any work: the turn that there is is named', () => {
    assert.throws(() => point(log('t1'), { kind: 'event', seq: 3 }), {
      code: 'NO_CANDIDATE',
      exit: 3,
      message: /before event 3/,
      fix: 'name a turn: --at 1.2',
    });
  });

  test('not at an event that the log does not have', () => {
    const events = log('t1');
    assert.throws(() => point(events, { kind: 'event', seq: events.length + 1 }), {
      code: 'EVENT_NOT_FOUND',
      fix: `name one from 0 to ${events.length}`,
    });
    assert.equal(point(events, { kind: 'event', seq: events.length }).tree, TWO);
  });
});

suite('of several tasks a fork begins', () => {
  test('with what has landed, and not with the work of one task, unless that is named', () => {
    const events = log('t1', 't2');
    assert.throws(() => point(events, { kind: 'newest' }), {
      code: 'NO_CANDIDATE',
      message: /No task of goal 'g-7' had landed/,
      fix: 'name a turn: --at 1.2 (task t1)',
    });
    const head = { tree: tree('head'), commit: 'd'.repeat(40) };
    const landed = logged([
      ...events,
      {
        type: 'tasks.integrated',
        data: { tree: head.tree, ref: 'r', tasks: [{ task: 't1', attempt: 1, candidate: TWO, ...head }] },
      },
    ]);
    const state = { ...fold(events), head };
    assert.deepEqual(point(landed, { kind: 'newest' }, state), { tree: head.tree, seq: landed.length });
  });

  test('with the work of the task that is named, which it then names too', () => {
    const found = point(log('t1', 't2'), { kind: 'newest', task: 't1' });
    assert.deepEqual(found.of, { attempt: 1, turn: 2, task: 't1' });
    assert.throws(() => point(log('t1', 't2'), { kind: 'newest', task: 't9' }), { code: 'TASK_NOT_FOUND' });
  });
});
