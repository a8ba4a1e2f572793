import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { EMPTY_STATE, type GoalState } from '../goal/state.ts';
import { created, FIX, observedAs, snapshotOf } from '../testing/build.ts';
import type { Criterion } from '../plan/plan.ts';
import { standings } from './standing.ts';

const CRITERIA: readonly Criterion[] = [
  { id: 'f', text: 'gone', kind: 'fact', fact: 0 },
  { id: 'c', text: 'same', keep: true, kind: 'captures', places: [0] },
  { id: 'w', text: 'works', kind: 'tests', ids: [] },
];
const document = { criteria: [{ id: 'f', text: 'gone', fact: 'a is gone' }], tasks: [{ id: 't1', title: 'x' }] };
const stateOf = (more: Partial<GoalState> = {}): GoalState => ({
  ...EMPTY_STATE,
  created: created({
    facts: ['a is gone'],
    captures: [{ criterion: 'c', run: 'a' }],
    plan: { document, sha256: 'a'.repeat(64) },
  }),
  plan: { criteria: CRITERIA, tasks: [], ownTests: true },
  focus: { task: 't1', snapshot: snapshotOf(FIX), start: FIX },
  facts: new Map([[FIX, [true]]]),
  ...more,
});
const levels = (state: GoalState) => Object.fromEntries(standings(state).map(({ id, level }) => [id, level]));

describe('the standing of criteria', () => {
  test('what a person gave stands higher than what the worker wrote', () => {
    assert.deepEqual(levels(stateOf()), {
      f: 'OMK_ORACLE_GIVEN',
      c: 'OMK_ORACLE_GIVEN',
      w: 'K_ORACLE_BY_WORKER',
      'own-tests': 'K_ORACLE_BY_WORKER',
    });
  });

  test('what the plan of a session chose is by an agent, until a person approves that plan', () => {
    const asked = created().options;
    assert.equal(levels(stateOf({ asked }))['f'], 'K_ORACLE_BY_AGENT');
    assert.equal(levels(stateOf({ asked }))['c'], 'OMK_ORACLE_GIVEN');
    assert.equal(levels(stateOf({ asked, approved: { plan: 'a'.repeat(64) } }))['f'], 'OMK_ORACLE_APPROVED');
    assert.equal(levels(stateOf({ asked, approved: { plan: 'b'.repeat(64) } }))['f'], 'K_ORACLE_BY_AGENT');
  });

  test('limits and what is open belong to the criterion that they are about', () => {
    const observed = [1, 2].map((round) => observedAs({ of: 'capture', place: 0, tree: FIX, round }));
    const [, captures] = standings(stateOf({ observed }));
    assert.equal(captures?.keep, true);
    const without = standings(stateOf({ focus: { task: 't1', snapshot: null, start: FIX } }));
    assert.ok(without.every(({ shown }) => !shown));
    assert.deepEqual(standings(EMPTY_STATE), []);
  });
});
