import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { fc } from '../testing/fast-check.ts';
import {
  BASE,
  created,
  examinedOf,
  exits,
  FIX,
  gateSpec,
  measurement,
  policyOf,
  shows,
  type Shown,
} from '../testing/build.ts';
import { CANARY, play } from '../testing/ready.ts';
import type { GateSpec } from '../gates/gate.ts';
import { fold } from '../transition/evolve.ts';
import { readiness } from '../judge/readiness.ts';
import type { Assessment } from './assess.ts';
import { assessAt } from '../testing/assess.ts';

const RED = shows({ passed: ['good', 'also'], failed: ['bug'] });
const GREEN = shows({ passed: ['good', 'also', 'bug'] });
const FLAKED = shows({ passed: ['also', 'bug'], failed: ['good'] });
const CAUGHT = shows({ passed: ['good', 'also', 'bug'], failed: [CANARY.name] }, { canary: CANARY });
const GATE = gateSpec({ retries: 1 });
const NOT_HELD_OUT = { reversal: RED, altered: RED, oracle: RED, held_out: GREEN, hollow: RED };

/** What is said after these runs of the candidate, and a canary that is caught. */
function after(
  runs: readonly Shown[],
  gate: GateSpec = GATE,
  base: Shown | ((round: number) => Shown) = RED,
  canary: Shown | null = CAUGHT,
  knownRed = false,
): Assessment {
  const state = fold([
    { type: 'goal.created', data: created({ knownRed: knownRed ? [gate.id] : [] }) },
    { type: 'policy.resolved', data: { policy: policyOf(gate) } },
    ...[1, 2].map((round) => ({
      type: 'gate.measured' as const,
      data: measurement({
        purpose: 'baseline',
        tree: BASE,
        round,
        ...(typeof base === 'function' ? base(round) : base),
      }),
    })),
    { type: 'candidate.examined', data: examinedOf(FIX) },
    ...runs.map((shown, index) => ({
      type: 'gate.measured' as const,
      data: measurement({ round: index + 1, ...shown }),
    })),
    ...(canary ? [{ type: 'gate.measured' as const, data: measurement({ purpose: 'canary', ...canary }) }] : []),
  ]);
  return assessAt(state, gate, FIX);
}

const said = (found: Assessment): string => {
  if (found.kind === 'needs') return `${found.run.purpose} ${found.run.round}`;
  return 'code' in found.verdict ? found.verdict.code : found.verdict.kind;
};
const flaky = (found: Assessment): readonly string[] => (found.kind === 'judged' ? found.flaky : []);

suite('a failure that may be a flake', () => {
  test('is run again once, and a pass is labelled, with both runs as evidence', () => {
    assert.equal(said(after([FLAKED])), 'contract 2');
    const found = after([FLAKED, GREEN]);
    assert.deepEqual([said(found), flaky(found)], ['pass', ['good']]);
    assert.deepEqual(found.kind === 'judged' ? found.evidence.map(({ purpose, round }) => `${purpose} ${round}`) : [], [
      'contract 2',
      'contract 1',
      'canary 1',
    ]);
  });

  test('that fails again has failed, and is not run a third time', () => {
    assert.equal(said(after([FLAKED, FLAKED])), 'E_TESTS_FAILED');
    const other = after([FLAKED, shows({ passed: ['good', 'bug'], failed: ['also'] })]);
    assert.deepEqual([said(other), flaky(other)], ['E_TESTS_FAILED', ['also', 'good']]);
  });

  test('is run as often as the gate says, and never where it says so or a log of before does', () => {
    assert.equal(said(after([FLAKED, FLAKED], gateSpec({ retries: 2 }))), 'contract 3');
    assert.equal(said(after([FLAKED], gateSpec({ retries: 0 }))), 'E_TESTS_FAILED');
    assert.equal(said(after([FLAKED], gateSpec())), 'E_TESTS_FAILED');
  });

  test('gets a number that no run had, although one that never started was taken back', () => {
    assert.equal(said(after([{ ...FLAKED, round: 2 }])), 'contract 3');
  });

  test('tests of the base that were not executed once may be one too', () => {
    assert.equal(said(after([shows({ passed: ['also', 'bug'] })])), 'contract 2');
    assert.deepEqual(flaky(after([shows({ passed: ['also', 'bug'] }), GREEN])), ['good']);
  });

  test('without names it is one only where the base was green', () => {
    const lint = gateSpec({ reader: 'exit_only', kind: 'command', retries: 1 });
    assert.equal(said(after([exits(1)], lint, exits(0))), 'contract 2');
    assert.deepEqual(flaky(after([exits(1), exits(0)], lint, exits(0))), ['the gate as a whole']);
    assert.equal(said(after([exits(1)], lint, exits(1))), 'E_EXIT');
    const late: Shown = { ...GREEN, outcome: { kind: 'timed_out', afterMs: 1 } };
    assert.equal(said(after([late], GATE, GREEN)), 'contract 2');
    assert.equal(said(after([late])), 'E_TIMEOUT');
  });

  test('a gate known to be red may flake in what was good', () => {
    const worse = shows({ passed: ['also'], failed: ['bug', 'good'] });
    assert.equal(said(after([worse], GATE, RED, CAUGHT, true)), 'contract 2');
    const found = after(
      [worse, RED],
      GATE,
      RED,
      { ...CAUGHT, ...shows({ passed: ['good', 'also'], failed: ['bug', CANARY.name] }, { canary: CANARY }) },
      true,
    );
    assert.deepEqual([said(found), flaky(found)], ['KNOWN_RED', ['good']]);
  });
});

suite('a flake in the canary run', () => {
  test('is named like any other, where the base was good', () => {
    const shaken = shows({ passed: ['bug', 'also'], failed: ['good', CANARY.name] }, { canary: CANARY });
    const found = after([GREEN], GATE, RED, shaken);
    assert.deepEqual([said(found), flaky(found)], ['pass', ['good']]);
    const unstable = (round: number): Shown =>
      round === 1 ? RED : shows({ passed: ['also'], failed: ['bug', 'good'] });
    assert.deepEqual(flaky(after([GREEN], GATE, unstable, shaken)), [], 'what differs at the base does not decide');
    assert.deepEqual(said(after([GREEN], GATE, unstable, shaken)), 'pass');
    assert.deepEqual(flaky(after([GREEN], gateSpec(), RED, shaken)), [], 'a log of before is judged as it was');
  });
});

suite('what is not run twice', () => {
  test('a turn that is not finished: what was red is red', () => {
    assert.equal(said(after([RED])), 'E_TESTS_FAILED');
    assert.equal(said(after([shows({ passed: ['also'], failed: ['bug', 'good'] })])), 'E_TESTS_FAILED');
  });

  test('a new test that fails, a gate that writes into the tree', () => {
    assert.equal(said(after([shows({ passed: ['good', 'also', 'bug'], failed: ['new'] })])), 'E_TESTS_FAILED');
    assert.equal(said(after([{ ...GREEN, changed: ['a.js'] }], GATE, GREEN)), 'E_TREE_CHANGED');
  });
});

suite('a criterion', () => {
  test('that passes in one run and fails in the next of the same code is not met', () => {
    const found = after(
      [GREEN],
      GATE,
      RED,
      shows({ passed: ['good', 'also'], failed: ['bug', CANARY.name] }, { canary: CANARY }),
    );
    assert.equal(said(found), 'E_FLAKY');
    const before = after(
      [GREEN],
      gateSpec(),
      RED,
      shows({ passed: ['good', 'also'], failed: ['bug', CANARY.name] }, { canary: CANARY }),
    );
    assert.equal(said(before), 'pass', 'a log of before is judged as it was');
  });

  test('a goal with a flake beside it ends ready and says so; a flaky criterion does not', () => {
    const rounds = (second: Shown, canary = CAUGHT) =>
      play({
        policy: policyOf(GATE),
        options: { maxAttempts: 1, maxTurns: 1 },
        measure: ({ purpose, round }) =>
          ({ ...NOT_HELD_OUT, baseline: RED, contract: round === 1 ? FLAKED : second, candidate: second, canary })[
            purpose
          ],
      }).state;
    const ready = rounds(GREEN);
    assert.equal(ready.status, 'ready');
    assert.ok(readiness(ready).some((gap) => gap.code === 'K_FLAKY' && gap.text.endsWith('good')));
    assert.equal(rounds(FLAKED).status, 'not_ready');
    assert.equal(
      rounds(GREEN, shows({ passed: ['good', 'also'], failed: ['bug', CANARY.name] }, { canary: CANARY })).status,
      'not_ready',
    );
  });
});

suite('a run that ran out of memory', () => {
  const SHORT: Shown = { ...exits(1), outcome: { kind: 'out_of_memory', detail: 'heap' } };
  const alone = (found: Assessment): unknown => (found.kind === 'needs' ? found.run.alone : undefined);

  test('is tried alone, once, and says nothing about the candidate', () => {
    const first = after([SHORT]);
    assert.deepEqual([said(first), alone(first)], ['contract 2', true]);
    const fine = after([SHORT, GREEN]);
    assert.deepEqual([said(fine), flaky(fine)], ['pass', []]);
    assert.equal(said(after([SHORT, SHORT])), 'E_OUT_OF_MEMORY');
    const flake = after([SHORT, FLAKED]);
    assert.deepEqual([said(flake), alone(flake)], ['contract 3', undefined]);
  });

  test('with a canary in it, too', () => {
    const short: Shown = { ...SHORT, canary: CANARY };
    const found = after([GREEN], GATE, RED, short);
    assert.deepEqual([said(found), alone(found)], ['canary 2', true]);
    const end = (second: Shown) =>
      play({
        policy: policyOf(GATE),
        options: { maxAttempts: 1, maxTurns: 1 },
        measure: ({ purpose, round }) =>
          ({ ...NOT_HELD_OUT, baseline: RED, contract: GREEN, candidate: GREEN, canary: round === 1 ? short : second })[
            purpose
          ],
      }).state;
    assert.equal(end(CAUGHT).status, 'ready');
    assert.match(JSON.stringify(readiness(end(short))), /E_OUT_OF_MEMORY/);
  });

  test('on the base, a round is what it showed alone; not even then ends the goal before an agent starts', () => {
    const end = (second: Shown) =>
      play({
        policy: policyOf(GATE),
        measure: ({ purpose, alone: by }) =>
          ({ ...NOT_HELD_OUT, baseline: by ? second : SHORT, contract: GREEN, candidate: GREEN, canary: CAUGHT })[
            purpose
          ],
      });
    assert.equal(end(RED).state.status, 'ready');
    assert.deepEqual(
      end(RED)
        .state.measurements.map(({ purpose, round }) => `${purpose} ${round}`)
        .slice(0, 4),
      ['baseline 1', 'baseline 2', 'baseline 1', 'baseline 2'],
    );
    const { state } = end(SHORT);
    assert.deepEqual(
      [state.status, state.ended?.failure?.code, state.attempts.length],
      ['failed_infra', 'GATE_OUT_OF_MEMORY', 0],
    );
  });
});

test('property: at most retries + 1 runs are asked for, and a pass after a failure is never without its label', () => {
  const shown = fc.constantFrom(
    RED,
    GREEN,
    FLAKED,
    shows({ passed: ['also', 'bug'] }),
    exits(1),
    shows({ passed: ['good', 'also', 'bug'], failed: ['new'] }),
  );
  fc.assert(
    fc.property(
      fc.array(shown, { minLength: 1, maxLength: 5 }),
      fc.nat(3),
      fc.constantFrom(RED, GREEN),
      (list, retries, base) => {
        const gate = gateSpec({ retries });
        const runs: Shown[] = [];
        let found = after(runs, gate, base);
        for (const each of list) {
          if (found.kind !== 'needs') break;
          runs.push(each);
          found = after(runs, gate, base);
        }
        assert.ok(runs.length <= retries + 1);
        if (said(found) === 'pass') assert.equal(flaky(found).length > 0, runs.length > 1);
      },
    ),
  );
});
