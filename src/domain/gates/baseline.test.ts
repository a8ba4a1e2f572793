import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { BASE, exits, FIX, gateSpec, measurement, notStarted, shows, type Shown } from '../testing/build.ts';
import { baselineOf, baselineRun, type Baseline } from './baseline.ts';
import type { Measurement } from './evidence.ts';

const GATE = gateSpec();
const round = (round: number, shown: Shown): Measurement =>
  measurement({ purpose: 'baseline', tree: BASE, round, ...shown });
const of = (first: Shown, second: Shown): Baseline => {
  const baseline = baselineOf([round(1, first), round(2, second)], GATE, BASE);
  assert.ok(baseline);
  return baseline;
};
const broken = (passed: readonly string[], ...files: readonly string[]): Shown => {
  const shown = shows({ passed }, { outcome: { kind: 'exited', code: 1 } });
  return shown.report.kind === 'tests'
    ? { ...shown, report: { ...shown.report, tests: { ...shown.report.tests, broken: files } } }
    : shown;
};

suite('the baseline', () => {
  test('needs both rounds, of this gate, of this tree, measured as the baseline', () => {
    const [one, two] = [round(1, exits(0)), round(2, exits(0))];
    assert.equal(baselineOf([], GATE, BASE), null);
    assert.equal(baselineOf([one], GATE, BASE), null);
    assert.equal(baselineOf([one, one], GATE, BASE), null);
    for (const other of [{ gate: 'lint' }, { tree: FIX }, { purpose: 'contract' as const }, { round: 3 }])
      assert.equal(baselineOf([one, { ...two, ...other }], GATE, BASE), null);
    assert.ok(baselineOf([one, two], GATE, BASE));
    assert.equal(baselineRun([one, two], GATE, BASE, 2), two);
    assert.equal(baselineRun([one], GATE, BASE, 2), null);
  });

  test('of a gate that runs once is what that run showed', () => {
    const gate = gateSpec({ baselineRuns: 1 });
    const baseline = baselineOf([round(1, shows({ passed: ['a'], failed: ['b'] }))], gate, BASE);
    assert.deepEqual(baseline && [baseline.colour, [...baseline.expected], [...baseline.failing]], [
      'red',
      ['a', 'b'],
      ['b'],
    ]);
    assert.equal(baselineOf([], gate, BASE), null);
  });

  test('expects what passed twice and what failed twice, and nothing that was skipped or differs', () => {
    const found = of(
      shows({ passed: ['stays', 'flips', 'goes', 'naps'], failed: ['red'], skipped: ['skips', 'wakes'] }),
      shows({ passed: ['stays', 'wakes'], failed: ['red', 'flips'], skipped: ['skips', 'naps'] }),
    );
    assert.deepEqual([...found.expected].sort(), ['red', 'stays']);
    assert.deepEqual([...found.unstable].sort(), ['flips', 'goes', 'naps', 'wakes']);
    assert.deepEqual([...found.failing].sort(), ['flips', 'red']);
    assert.equal(found.colour, 'red');
    assert.deepEqual(
      found.verdicts.map(({ kind }) => kind),
      ['fail', 'fail'],
    );
  });

  test('calls an id that is reported twice by its worst', () => {
    const twice = shows({ passed: ['a', 'b'], failed: ['a'], skipped: ['a', 'b'] });
    const found = of(twice, twice);
    assert.deepEqual([[...found.failing], [...found.expected]], [['a'], ['a']]);
  });

  test('knows files that were broken in both rounds only', () => {
    assert.deepEqual(of(broken(['a'], 'x', 'y'), broken(['a'], 'y', 'z')).broken, ['y']);
    assert.deepEqual(of(exits(1), broken(['a'], 'y')).broken, []);
    assert.deepEqual(of(broken(['a'], 'y'), exits(1)).broken, []);
  });

  test('is green or red where both rounds say so, and unstable else', () => {
    const green = shows({ passed: ['a', 'b'] });
    const red = shows({ passed: ['a'], failed: ['b'] });
    assert.equal(of(green, green).colour, 'green');
    assert.equal(of(red, red).colour, 'red');
    assert.equal(of(red, green).colour, 'unstable');
    assert.equal(of(green, red).colour, 'unstable');
    assert.equal(of(notStarted('tool'), notStarted('tool')).colour, 'red');
  });

  test('is not red for ids alone that differ', () => {
    const [one, other] = [shows({ passed: ['a'], failed: ['b'] }), shows({ passed: ['b'], failed: ['a'] })];
    assert.equal(of(one, other).colour, 'unstable');
    assert.equal(
      of(shows({ passed: ['a'], failed: ['b', 'c'] }), shows({ passed: ['b'], failed: ['a', 'c'] })).colour,
      'red',
    );
    assert.equal(of(one, exits(1)).colour, 'unstable');
    const alsoBroken = (shown: Shown): Shown =>
      shown.report.kind === 'tests'
        ? { ...shown, report: { ...shown.report, tests: { ...shown.report.tests, broken: ['x'] } } }
        : shown;
    assert.equal(of(alsoBroken(one), alsoBroken(other)).colour, 'red');
  });
});
