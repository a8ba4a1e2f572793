import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { EMPTY_STATE, type GoalState } from '../goal/state.ts';
import type { Plan } from '../plan/plan.ts';
import {
  BASE,
  checkGate,
  created,
  exits,
  FIX,
  gateSpec,
  givenOf,
  measurement,
  policyOf,
  shows,
} from '../testing/build.ts';
import { heldOutOptions } from '../testing/held-out.ts';
import { planForGiven } from './for-given.ts';
import { documentOfPlan } from './to-document.ts';

const task = { id: 't1', title: 'one', brief: 'do it', needs: [], writes: [], criteria: [] };
const stateOf = (plan: Partial<Plan>, more: Partial<GoalState> = {}): GoalState => ({
  ...EMPTY_STATE,
  created: created({ facts: ['a is gone', 'b is there'] }),
  plan: { criteria: [], tasks: [], ...plan },
  ...more,
});

suite('a plan as a document that a person can edit', () => {
  test('is the one that was given, where there is one', () => {
    const document = { criteria: [], tasks: [{ id: 'own', title: 'x' }] };
    const goal = created({ plan: { document, sha256: 'a'.repeat(64) } });
    assert.equal(documentOfPlan(stateOf({}, { created: goal })), document);
  });
  test('is none before there is a plan', () => {
    assert.equal(documentOfPlan(EMPTY_STATE), null);
    assert.equal(documentOfPlan({ ...stateOf({}), plan: null }), null);
    assert.equal(documentOfPlan({ ...stateOf({}), created: null }), null);
  });
  test('has what decides each criterion', () => {
    const stated = (id: string) => ({ id, text: id });
    const document = documentOfPlan(
      stateOf({
        criteria: [
          { ...stated('gate'), kind: 'test', gate: 'test' },
          { ...stated('command'), kind: 'command', gate: 'check-1', keep: true },
          { ...stated('fact'), kind: 'fact', fact: 1 },
          { ...stated('no fact'), kind: 'fact', fact: 7 },
          { ...stated('tests'), kind: 'tests', ids: ['adds'] },
          { ...stated('new'), kind: 'tests', ids: [] },
          { ...stated('captures'), kind: 'captures', places: [0] },
          { ...stated('timing'), kind: 'timing', place: 0 },
        ],
        ownTests: true,
      }),
    );
    assert.deepEqual(document?.criteria, [
      { ...stated('gate'), gate: 'test' },
      { ...stated('command'), must: 'keep', gate: 'check-1' },
      { ...stated('fact'), fact: 'b is there' },
      { ...stated('no fact'), fact: '' },
      { ...stated('tests'), tests: ['adds'] },
      { ...stated('new'), oracle: true },
    ]);
  });
  test('asks for new tests of the goal where nothing else shows it', () => {
    assert.deepEqual(documentOfPlan(stateOf({ ownTests: true }))?.criteria, [
      { id: 'goal', text: created().title, oracle: true },
    ]);
    assert.deepEqual(documentOfPlan(stateOf({}))?.criteria, []);
  });
  test('leaves out of a task what it does not have', () => {
    const full = { ...task, id: 't2', needs: ['t1'], writes: ['src/**'], seconds: 60 };
    assert.deepEqual(documentOfPlan(stateOf({ tasks: [task, full] }))?.tasks, [
      { id: 't1', title: 'one', brief: 'do it' },
      { id: 't2', title: 'one', brief: 'do it', needs: ['t1'], writes: ['src/**'], seconds: 60 },
    ]);
  });
});

suite('the plan of a change that is given', () => {
  const once = { baselineRuns: 1 } as const;
  const RED = checkGate('check-1', once);
  const GREEN = checkGate('check-2', once);
  const SKIPPED = checkGate('check-3', { ...once, skip: true });
  const OWN = gateSpec({ id: 'test', ...once });
  const given = givenOf(FIX, { expect: 'feature' });
  const state: GoalState = {
    ...EMPTY_STATE,
    created: created(),
    policy: policyOf(OWN, RED, GREEN, SKIPPED),
    measurements: [
      measurement({ purpose: 'baseline', tree: BASE, ...shows({ failed: ['adds'] }) }),
      ...[RED, SKIPPED].map(({ id }) => measurement({ gate: id, purpose: 'baseline', tree: BASE, ...exits(1) })),
      measurement({ gate: 'check-2', purpose: 'baseline', tree: BASE, ...exits(0) }),
    ],
  };
  test('asks only for checks that are red on the base, and names the others', () => {
    const made = planForGiven(state, given);
    assert.deepEqual(
      made?.plan.criteria.map((each) => 'gate' in each && each.gate),
      ['check-1'],
    );
    assert.deepEqual(made?.refused, ['check-2', 'check-3']);
    assert.deepEqual([made?.plan.tasks, made?.plan.expect, made?.plan.heldOut], [[], 'feature', undefined]);
  });
  test('has held-out checks where they are given', () =>
    assert.equal(
      planForGiven({ ...state, created: created({ heldOut: heldOutOptions() }) }, given)?.plan.heldOut,
      true,
    ));
  test('is none before there are gates', () => {
    assert.equal(planForGiven({ ...state, policy: null }, given), null);
    assert.equal(planForGiven({ ...state, created: null }, given), null);
  });
});
