import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { GoalState } from '../goal/state.ts';
import {
  BASE,
  created,
  examinedOf,
  exits,
  FIX,
  gateSpec,
  givenOf,
  measurement,
  policyOf,
  snapshotOf,
  tree,
} from '../testing/build.ts';
import { attempt, stateOf, task } from '../testing/task-states.ts';
import { findKept, judgedOf, keptWork, landedWork, startOf } from './kept.ts';

const OTHER = tree('other');
const PIN = { commit: 'd'.repeat(40), tree: OTHER };
const once = { baselineRuns: 1, kind: 'command', reader: 'exit_only' } as const;
const A = gateSpec({ id: 'a', ...once });
const B = gateSpec({ id: 'b', ...once });
const optional = gateSpec({ id: 'optional', ...once, required: false });
const ran = (gate: string, on: string, code: number) =>
  measurement({ gate, tree: on, purpose: on === BASE ? 'baseline' : 'contract', ...exits(code) });

const judging = (more: Partial<GoalState> = {}): GoalState => ({
  ...stateOf([task('t1')]),
  created: created(),
  policy: policyOf(A, B, optional),
  examined: new Map([[FIX, examinedOf(FIX)]]),
  measurements: [A, B].flatMap(({ id }) => [ran(id, BASE, 0), ran(id, FIX, 0)]),
  ...more,
});

suite('what may be said of a tree', () => {
  const result = { tree: FIX, commit: 'c'.repeat(40), ref: 'r' };
  test('it is ready only as the result of a goal that is', () => {
    assert.equal(judgedOf(judging({ status: 'ready', integrated: result }), FIX), 'ready');
    assert.equal(judgedOf(judging({ status: 'ready', created: created({}, givenOf(FIX)) }), FIX), 'ready');
    assert.notEqual(judgedOf(judging({ status: 'ready', integrated: { ...result, tree: OTHER } }), FIX), 'ready');
    assert.notEqual(judgedOf(judging({ status: 'not_ready', integrated: result }), FIX), 'ready');
    assert.notEqual(judgedOf(judging({ status: 'ready' }), FIX), 'ready');
  });
  test('it is judged when every required gate is, or one failed', () => {
    const [baseA, a, baseB] = judging().measurements;
    assert.ok(baseA && a && baseB);
    assert.equal(judgedOf(judging(), FIX), 'not_ready', 'by both');
    assert.equal(
      judgedOf(judging({ measurements: [baseA, a, baseB] }), FIX),
      'not_judged',
      'one passes, one has not run',
    );
    assert.equal(judgedOf(judging({ measurements: [baseA, ran('a', FIX, 1), baseB] }), FIX), 'not_ready', 'one fails');
    assert.equal(judgedOf(judging({ examined: new Map() }), FIX), 'not_judged', 'it was not examined');
    assert.equal(judgedOf(judging({ policy: policyOf(optional) }), FIX), 'not_judged', 'no gate is required');
    assert.equal(judgedOf(judging({ policy: null }), FIX), 'not_judged');
  });
});

suite('work that turns left', () => {
  const turns = (...trees: readonly (string | null)[]) =>
    attempt(1, 't1', null).turns.flatMap((first) =>
      trees.map((candidate, at) => ({
        ...first,
        turn: at + 1,
        snapshot: candidate === null ? null : snapshotOf(candidate),
      })),
    );
  const state: GoalState = {
    ...stateOf([task('t1'), task('t2')]),
    created: created(),
    attempts: [
      { ...attempt(1, 't1', 'no_progress'), turns: turns(FIX, null, OTHER) },
      { ...attempt(2, 't2', null), base: PIN, turns: turns(null, tree('two')) },
    ],
  };
  const at = (asked: Partial<Parameters<typeof findKept>[1]>): string | null => {
    const found = findKept(state, { attempt: null, turn: null, ...asked });
    return found && `${found.task} ${found.attempt}.${found.turn}`;
  };

  test('is every snapshot, the oldest first', () =>
    assert.deepEqual(
      keptWork(state).map((each) => [each.task, each.attempt, each.turn, each.judged]),
      [
        ['t1', 1, 1, 'not_judged'],
        ['t1', 1, 3, 'not_judged'],
        ['t2', 2, 2, 'not_judged'],
      ],
    ));
  test('is found by task, attempt and turn, the newest that fits', () => {
    assert.equal(at({}), 't2 2.2');
    assert.equal(at({ attempt: 1 }), 't1 1.3');
    assert.equal(at({ attempt: 1, turn: 1 }), 't1 1.1');
    assert.equal(at({ turn: 2 }), 't2 2.2');
    assert.equal(at({ task: 't1' }), 't1 1.3');
    assert.equal(at({ task: null }), 't2 2.2');
    for (const none of [{ attempt: 3 }, { attempt: 1, turn: 2 }, { task: 't2', attempt: 1 }, { task: 't9' }])
      assert.equal(at(none), null);
  });
  test('starts from the head of its attempt, else from the base', () => {
    assert.equal(startOf(state, 2), OTHER);
    for (const number of [1, 3, null]) assert.equal(startOf(state, number), BASE);
    assert.equal(startOf({ ...state, created: null }, 1), '');
  });
  test('of several tasks that landed is one tree', () => {
    assert.equal(landedWork({ ...state, head: PIN })?.snapshot.candidate, OTHER);
    assert.equal(landedWork({ ...state, head: PIN })?.judged, 'not_judged');
    assert.equal(landedWork(state), null);
    assert.equal(landedWork({ ...stateOf([task('t1')]), head: PIN }), null);
  });
});
