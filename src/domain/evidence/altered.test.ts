import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { BASE, created, exits, FIX, gateSpec, measurement, notStarted, shows, type Shown } from '../testing/build.ts';
import { play } from '../testing/ready.ts';
import type { Simulation } from '../testing/simulate.ts';
import { measure, verdict } from '../testing/trust.ts';
import { EMPTY_STATE } from '../goal/state.ts';
import { alteredLimitMs, alteredOf } from './altered.ts';
import { baselineOf } from '../gates/baseline.ts';
import { executionOf } from '../gates/cached.ts';
import type { Measurement } from '../gates/evidence.ts';

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

  test('one that is red at the base is asked again with all that it expects, and then believed', () => {
    const lenient = tried(run([SUBTRACTS], [ADDS]));
    assert.equal(runsOn(lenient, FIX), 2);
    const of = play({
      options: { maxAttempts: 1, maxTurns: 1, altered: true },
      measure: (wanted, state) => {
        if (wanted.purpose !== 'altered') return measure(by)(wanted, state);
        return wanted.round === 1 ? run([SUBTRACTS], [ADDS]) : ALL_FAIL;
      },
    });
    assert.equal(of.state.status, 'ready');
  });

  test('a test with a table must fail in every row of it', () => {
    const rows = ['tests/test_a.py::test_sum[2-3-5]', 'tests/test_a.py::test_sum[1-1-2]'];
    const canary = {
      file: 'tests/test_a.py',
      name: 'test_sum',
      altered: [{ file: 'tests/test_a.py', name: 'test_sum' }],
    };
    const others = rows.map((id) => id.replace(/\d\]$/, '9]'));
    const shown = (passed: readonly string[], failed: readonly string[]): Simulation =>
      play({
        options: { maxAttempts: 1, maxTurns: 1, altered: true },
        measure: (wanted, state) =>
          wanted.purpose === 'altered'
            ? shows({ passed, failed }, { canary })
            : measure({ baseline: shows({ failed: rows }), contract: shows({ passed: rows }) })(wanted, state),
      });
    assert.equal(shown([], others).state.status, 'ready');
    assert.equal(verdict(shown(others.slice(0, 1), others.slice(1))), 'E_CANARY_MISSED');
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

  test('one with parameters is not taken for one of the same name in another file', () => {
    const [plain, rows] = ['tests/test_b.py::test_first', 'tests/test_a.py::test_first[asyncio]'];
    const first = { file: 'tests/test_a.py', name: 'test_first' };
    const other = 'tests/test_b.py::test_other';
    const all = [plain, rows, other];
    const canary = { ...first, altered: [first, { file: 'tests/test_b.py', name: 'test_other' }] };
    const found = play({
      options: { maxAttempts: 1, maxTurns: 1, altered: true },
      measure: (wanted, state) => {
        if (wanted.purpose === 'altered') return shows({ passed: [plain], failed: [rows, other] }, { canary });
        return measure({ baseline: shows({ failed: all }), contract: shows({ passed: all }) })(wanted, state);
      },
    });
    assert.equal(found.state.status, 'ready');
    assert.equal(runsOn(found, BASE), 0);
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

suite('what a run with another expectation says', () => {
  const gate = gateSpec();
  const baselines = [1, 2].map((round) =>
    measurement({ purpose: 'baseline', round, tree: BASE, ...shows({ passed: [ADDS, SUBTRACTS] }) }),
  );
  const baseline = baselineOf(baselines, gate, BASE) ?? assert.fail();
  const ran = (on: string, shown: Shown, round = 1): Measurement =>
    measurement({ purpose: 'altered', tree: on, round, ...shown });
  const judged = (...passed: readonly string[]): Measurement => measurement(shows({ passed }));
  const state = (runs: readonly Measurement[]) => ({
    ...EMPTY_STATE,
    created: created({ altered: true }),
    measurements: [...baselines, ...runs],
  });
  const found = (runs: readonly Measurement[], of = judged(ADDS, SUBTRACTS), by = gate) =>
    alteredOf(state(runs), by, baseline, of);
  const altered = (name: string, file = FILE): Pick<Measurement, 'canary'> => ({
    canary: { file, name, altered: [{ file, name }] },
  });
  const SHORT: Shown = { ...ALL_FAIL, outcome: { kind: 'out_of_memory', detail: 'killed' } };

  test('nothing is asked of the base itself, or of what was taken from it', () => {
    assert.equal(found([]).kind, 'wanted');
    assert.equal(found([], { ...judged(ADDS), tree: BASE }).kind, 'none');
    const run = judged(ADDS);
    const from = executionOf({ goal: 'g', measurement: { ...run, purpose: 'baseline', tree: BASE } });
    const hash = 'a'.repeat(64);
    const parts = { inputs: hash, canaryBase: null, settings: hash, tools: {}, layer: null, machine: hash };
    const ofBase: Measurement = {
      ...run,
      cached: { key: hash, parts: { ...parts, sandbox: 'bubblewrap', omk: '1' }, from },
    };
    assert.equal(found([], ofBase, gateSpec({ inputs: ['src/'] })).kind, 'none');
  });

  test('one that ends for want of memory is made once more alone, on both trees', () => {
    const again = found([ran(FIX, SHORT)]);
    assert.deepEqual(again, { kind: 'wanted', round: 2, alone: true });
    const there = found([ran(FIX, run([SUBTRACTS], [ADDS])), ran(BASE, SHORT)]);
    assert.deepEqual(there, { kind: 'wanted', round: 2, alone: true, onBase: true });
  });

  test('one that could not be told on the base is no accusation, nor one that did not end by itself', () => {
    const passes = ran(FIX, run([SUBTRACTS], [ADDS]));
    assert.equal(found([passes, ran(BASE, ALL_FAIL)]).kind, 'missed');
    assert.equal(found([passes, ran(BASE, exits(1))]).kind, 'caught');
    const cut = ran(FIX, { ...run([SUBTRACTS], [ADDS]), outcome: { kind: 'timed_out', afterMs: 1 } });
    assert.equal(found([cut]).kind, 'none');
    assert.equal(found([ran(FIX, shows({ failed: ['x'] }, altered('unknown')))]).kind, 'none');
  });

  test('a test goes by its whole name, with or without brackets, in its file first; two of one name tell nothing', () => {
    const told = (name: string, ...ids: readonly string[]) =>
      found([ran(FIX, shows({ failed: ids }, altered(name)))], judged(...ids)).kind;
    assert.equal(told('adds', ADDS), 'caught');
    assert.equal(told('dds', ADDS), 'none', 'the end of another name');
    assert.equal(told('adds', 'SumTest.adds()'), 'caught');
    assert.equal(told('adds', ADDS, 'test/other.test.js > adds'), 'caught');
    assert.equal(told('adds', 'one > adds', 'two > adds'), 'none');
  });
});
