import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { EMPTY_STATE, type GoalState } from '../goal/state.ts';
import type { GateSpec } from '../gates/gate.ts';
import { created, FIX, gateSpec, observedAs, shows, snapshotOf } from '../testing/build.ts';
import { heldOutOptions } from '../testing/held-out.ts';
import { gates, play, world } from '../testing/ready.ts';
import type { Criterion } from '../plan/plan.ts';
import { readiness } from '../judge/readiness.ts';
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
/** A goal whose agent left gate b as red as it was, with this plan. */
function endOf(criteria: readonly Criterion[], specs: readonly GateSpec[]): GoalState {
  const { measure } = world();
  const { state } = play({
    ...gates(...specs),
    options: { maxAttempts: 1, maxTurns: 1, facts: ['a is gone'] },
    facts: () => [true],
    measure: (run, before) =>
      run.gate === 'gate-b' && run.purpose !== 'canary'
        ? shows({ passed: ['adds'], failed: ['subtracts'] })
        : measure(run, before),
  });
  return { ...state, plan: { criteria, tasks: state.plan?.tasks ?? [] } };
}

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

  test('a criterion is shown where nothing open names it, its gate or what it is shown by', () => {
    const gate = (id: string): Criterion => ({ id, text: id, kind: 'test', gate: `gate-${id}` });
    const criteria: readonly Criterion[] = [gate('a'), gate('b'), { id: 'f', text: 'gone', kind: 'fact', fact: 0 }];
    const spec = ['a', 'b'].map((id) => gateSpec({ id: `gate-${id}` }));
    const state = endOf(criteria, spec);
    const shown = Object.fromEntries(standings(state).map(({ id, shown: is }) => [id, is]));
    // Gate a passes, and gate b has a test that is red.
    assert.deepEqual(shown, { a: true, b: false, f: true });
    const limits = Object.fromEntries(standings(state).map(({ id, limits: of }) => [id, of]));
    const known = readiness(state).filter(({ kind, subject }) => kind === 'known' && subject === 'gate-a');
    assert.deepEqual(
      limits['a'],
      known.map(({ code }) => code),
      'those of its gate',
    );
    assert.deepEqual(limits['f'], [], 'and not those of others');
    assert.ok(standings(state).every(({ keep }) => !keep));
    assert.ok(standings(state).every(({ level }) => level === 'OMK_ORACLE_GIVEN'));
  });

  test('own tests and held-out checks stand beside the plan, each only where it is asked for', () => {
    const ids = (more: Partial<GoalState>): readonly string[] => standings(stateOf(more)).map(({ id }) => id);
    const plan = { criteria: CRITERIA, tasks: [] };
    assert.deepEqual(ids({ plan }), ['f', 'c', 'w']);
    assert.deepEqual(ids({ plan: { ...plan, ownTests: true } }), ['f', 'c', 'w', 'own-tests']);
    assert.deepEqual(ids({ plan: { ...plan, heldOut: true }, created: created({ heldOut: heldOutOptions() }) }), [
      'f',
      'c',
      'w',
      'held-out',
    ]);
    assert.deepEqual(ids({ created: null, plan }), ['f', 'c', 'w']);
  });
});
