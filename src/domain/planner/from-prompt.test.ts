import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { BASE, checkGate, exits, gateSpec, notStarted } from '../testing/build.ts';
import { gates, play } from '../testing/ready.ts';
import type { GateSpec } from '../gates/gate.ts';
import type { Shown } from '../testing/build.ts';
import { EMPTY_STATE, type GoalState } from '../goal/state.ts';
import { planFromPrompt } from './from-prompt.ts';
import { gateOf } from '../plan/plan.ts';

const lint = (id: string, more: Partial<GateSpec> = {}): GateSpec =>
  gateSpec({ id, kind: 'command', reader: 'exit_only', ...more });

/** The state after the base was measured, with the exit code of each gate. */
const measured = (
  codes: Readonly<Record<string, number | Shown>>,
  knownRed: readonly string[],
  ...specs: readonly GateSpec[]
): GoalState =>
  play({
    ...gates(...specs),
    options: { knownRed },
    measure: ({ gate }) => {
      const shown = codes[gate] ?? 0;
      return typeof shown === 'number' ? exits(shown) : shown;
    },
  }).state;

suite('the plan from a prompt', () => {
  test('is one task that carries the prompt and every criterion', () => {
    const made = planFromPrompt(measured({ a: 1 }, [], lint('a'), lint('b')));
    assert.deepEqual(made, {
      plan: {
        criteria: [{ id: 'c1', text: 'gate a, red at the base, passes', kind: 'command', gate: 'a' }],
        tasks: [{ id: 't1', title: 'Make it work', brief: 'Make it work.', needs: [], writes: [], criteria: ['c1'] }],
      },
      refused: [],
    });
  });

  test('takes the checks where there are any, and leaves other gates as red as they are', () => {
    const made = planFromPrompt(
      measured(
        { a: 1, opt: 1, known: 1, 'check-1': 1, 'check-2': 0 },
        ['known'],
        lint('a'),
        lint('opt', { required: false }),
        lint('known'),
        checkGate('check-1'),
        checkGate('check-2'),
      ),
    );
    assert.deepEqual(
      made?.plan.criteria.map((each) => [each.id, gateOf(each), each.text]),
      [['c1', 'check-1', '`./check-1` passes']],
    );
    assert.deepEqual(made?.refused, ['check-2']);
    assert.deepEqual(made?.plan.tasks[0]?.criteria, ['c1']);
  });

  test('takes required gates where no check is red, and those that cannot be compared', () => {
    const made = (codes: Readonly<Record<string, number | Shown>>): readonly (string | null)[] =>
      planFromPrompt(measured(codes, [], lint('a'), checkGate('check-1')))?.plan.criteria.map(gateOf) ?? [];
    assert.deepEqual(made({ a: 1, 'check-1': 0 }), ['a']);
    const mute = {
      outcome: { kind: 'exited', code: 0 },
      report: { kind: 'unreadable', reader: 'mocha', why: 'invalid', detail: 'x' },
    } as const;
    assert.deepEqual(made({ a: mute, 'check-1': 1 }), ['a', 'check-1']);
  });

  test('takes a check that is named known red too: the user asked for both', () => {
    assert.deepEqual(planFromPrompt(measured({ 'check-1': 1 }, ['check-1'], checkGate()))?.plan.criteria.map(gateOf), [
      'check-1',
    ]);
  });

  test('keeps the kind of the gate', () => {
    const made = planFromPrompt(measured({ a: 1, b: 1 }, [], lint('a'), lint('b', { kind: 'test' })));
    assert.deepEqual(
      made?.plan.criteria.map(({ kind }) => kind),
      ['command', 'test'],
    );
  });

  test('makes no criterion of what is not measured', () => {
    assert.equal(planFromPrompt(EMPTY_STATE), null);
    const unmeasured = { ...measured({ a: 1, 'check-1': 1 }, [], lint('a'), checkGate()), measurements: [] };
    assert.deepEqual(planFromPrompt(unmeasured)?.plan.criteria, []);
    assert.deepEqual(planFromPrompt(unmeasured)?.refused, ['check-1']);
    assert.deepEqual(
      planFromPrompt(measured({ a: notStarted('tool') }, [], lint('a', { required: false })))?.plan.criteria,
      [],
    );
  });

  test('takes facts that are not so at the base, and refuses those that are', () => {
    const state = measured({ a: 1 }, [], lint('a'));
    const facts = ['old.js is gone', 'README.md exists'];
    const asked = state.created && { ...state.created, options: { ...state.created.options, facts } };
    const made = planFromPrompt({ ...state, created: asked, facts: new Map([[BASE, [false, true]]]) });
    assert.deepEqual(
      made?.plan.criteria.map(({ id, text }) => [id, text]),
      [
        ['c1', 'gate a, red at the base, passes'],
        ['f1', 'old.js is gone'],
      ],
    );
    assert.deepEqual(made?.refused, ['--fact "README.md exists"']);
    const unread = planFromPrompt({ ...state, created: asked });
    assert.deepEqual(unread?.plan.criteria.length, 1, 'what was not looked at is none');
  });
});
