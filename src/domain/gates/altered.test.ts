import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { BASE, exits, FIX, notStarted, shows, type Shown } from '../testing/build.ts';
import { play } from '../testing/ready.ts';
import type { Simulation } from '../testing/simulate.ts';
import { measure, verdict } from '../testing/trust.ts';
import { alteredLimitMs } from './altered.ts';

const FILE = 'test/sum.test.js';
const [ADDS, SUBTRACTS] = [`${FILE} > sums > adds`, `${FILE} > sums > subtracts`];
const by = {
  baseline: shows({ passed: [ADDS], failed: [SUBTRACTS] }),
  contract: shows({ passed: [ADDS, SUBTRACTS] }),
} as const;
const CANARY = {
  file: FILE,
  name: 'adds',
  altered: [
    { file: FILE, name: 'adds' },
    { file: FILE, name: 'subtracts' },
  ],
};
const run = (passed: readonly string[], failed: readonly string[]): Shown =>
  shows({ passed, failed }, { canary: CANARY });
const ALL_FAIL = run([], [ADDS, SUBTRACTS]);

/** What tests with another expectation show on the candidate and on the base. */
const tried = (here: Shown, there: Shown = ALL_FAIL, altered = true): Simulation =>
  play({
    options: { maxAttempts: 1, maxTurns: 1, altered },
    measure: (wanted, state) => {
      if (wanted.purpose !== 'altered') return measure(by)(wanted, state);
      return wanted.tree === BASE ? there : here;
    },
  });
const runsOn = ({ state }: Simulation, tree: string): number =>
  state.measurements.filter((each) => each.purpose === 'altered' && each.tree === tree).length;

suite('tests of the base with another expectation', () => {
  test('all fail: nothing is tried on the base', () => {
    const found = tried(ALL_FAIL);
    assert.equal(found.state.status, 'ready');
    assert.equal(runsOn(found, FIX), 1);
    assert.equal(runsOn(found, BASE), 0);
  });

  test('one that passes with this change and fails at the base gives the change away', () => {
    const found = tried(run([SUBTRACTS], [ADDS]));
    assert.equal(found.state.status, 'not_ready');
    assert.equal(verdict(found), 'E_CANARY_MISSED');
    assert.equal(runsOn(found, BASE), 1);
    assert.equal(verdict(tried(run([], [ADDS]))), 'E_CANARY_MISSED', 'not reported is not failed');
    assert.equal(verdict(tried({ ...ALL_FAIL, outcome: { kind: 'exited', code: 0 } })), 'E_CANARY_MISSED');
  });

  test('one that passes at the base too shows nothing', () => {
    assert.equal(tried(run([ADDS], [SUBTRACTS]), run([ADDS], [SUBTRACTS])).state.status, 'ready');
  });

  test('what cannot be run or told is no accusation', () => {
    for (const shown of [notStarted('tool'), { ...exits(1), canary: CANARY }])
      assert.equal(tried(shown).state.status, 'ready');
    const elsewhere = { ...CANARY, altered: [{ file: 'test/other.test.js', name: 'unknown' }] };
    assert.equal(tried(shows({ failed: ['x'] }, { canary: elsewhere })).state.status, 'ready');
  });

  test('a name that several tests go by is left out, and one is not taken for the end of another', () => {
    const twice = { ...CANARY, altered: [{ file: FILE, name: 's' }] };
    assert.equal(tried(shows({ passed: [ADDS, SUBTRACTS] }, { canary: twice })).state.status, 'ready');
  });

  test('logs of before are judged as they were', () => {
    const found = tried(run([SUBTRACTS], [ADDS]), ALL_FAIL, false);
    assert.equal(found.state.status, 'ready');
    assert.equal(runsOn(found, FIX), 0);
  });

  test('have a limit of their own, as one that fails may never end', () => {
    const { state } = tried(ALL_FAIL);
    const [gate] = state.policy?.gates ?? [];
    assert.ok(gate);
    const runs = state.measurements.map((each) => ({ ...each, durationMs: 2_000 }));
    assert.equal(alteredLimitMs(runs, gate, BASE), 36_000);
  });
});
