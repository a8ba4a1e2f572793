import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { fc } from '../testing/fast-check.ts';
import { evolve } from '../transition/evolve.ts';
import { EMPTY_STATE, type GoalState } from '../goal/state.ts';
import { BASE, created, examinedOf, FIX, observedAs } from '../testing/build.ts';
import type { CommandRun, Observed } from '../plan/command.ts';
import { deviation, interval, LOOKS } from './statistics.ts';
import { amountOf, assessTiming, noiseWanted, unfitTimings } from './timings.ts';

const TIMING = { criterion: 'fast', run: 'node bench.js {n}', n: 1000, percent: 150, frozen: ['bench.js'] };
const START: GoalState = {
  ...EMPTY_STATE,
  created: created({ timings: [TIMING] }),
  examined: new Map([[FIX, examinedOf(FIX)]]),
};
/** Takes `ms` for each thousand, and prints what it was told to do. */
type Shows = (run: CommandRun) => Observed;
const takes =
  (ms: (run: CommandRun) => number): Shows =>
  (run) =>
    observedAs(run, `sum of ${run.n}`, 40 + (ms(run) * (run.n ?? 0)) / 1000);

const add = (state: GoalState, data: Observed): GoalState => evolve(state, { type: 'command.observed', data });

/** All that is wanted of the base, run. */
function ofBase(shows: Shows): GoalState {
  let state = START;
  for (let run = noiseWanted(state); run !== null; run = noiseWanted(state)) state = add(state, shows(run));
  return state;
}

function judged(shows: Shows) {
  let state = START;
  for (let runs = 0; runs < 100; runs += 1) {
    const verdict = assessTiming(state, 0, FIX);
    if (verdict.kind !== 'needs') return { ...verdict, runs, state };
    state = add(state, shows(verdict.run));
  }
  throw new Error('it has no end');
}

const factor = (times: number) => takes(({ tree }) => (tree === BASE ? 100 : 100 / times));

describe('timings', () => {
  test('twice as fast is shown after seven pairs, and as fast as before is not', () => {
    const twice = judged(factor(2));
    assert.equal(twice.kind, 'shown');
    assert.equal(twice.runs, 28);
    assert.match(twice.text, /2\.00 × as fast in 7 pairs of runs/);
    const same = judged(factor(1));
    assert.deepEqual([same.kind, same.runs], ['not_shown', 28]);
  });

  test('a start that takes long neither hides nor makes a speed', () => {
    const start: Shows = (run) => observedAs(run, `${run.n}`, (run.tree === BASE ? 900 : 20) + (run.n ?? 0) / 10);
    assert.equal(judged(start).kind, 'not_shown');
  });

  test('what prints something else, nothing, or fails is not shown however fast it is', () => {
    const other = judged((run) =>
      observedAs(run, run.tree === FIX ? '0' : `sum of ${run.n}`, run.tree === FIX ? 1 : 500),
    );
    assert.match(other.text, /prints something else than the base/);
    assert.ok(other.runs <= 4);
    assert.match(judged((run) => observedAs(run, run.tree === FIX ? '' : 'x')).text, /prints nothing/);
    assert.match(judged((run) => observedAs(run, 'x', 5, run.tree === FIX ? 1 : 0)).text, /exit code 1/);
  });

  test('what measures may not change', () => {
    const changes = [{ path: 'bench.js', change: 'modified', oldMode: '100644', newMode: '100644' }] as const;
    const state = { ...START, examined: new Map([[FIX, { ...examinedOf(FIX), changes }]]) };
    const verdict = assessTiming(state, 0, FIX);
    assert.match(verdict.kind === 'not_shown' ? verdict.text : '', /bench\.js decides how it is measured/);
  });

  test('base and candidate turn, with amounts that follow from the candidate', () => {
    const { state } = judged(factor(2));
    const firsts = [1, 2].map((round) => state.observed.find((each) => each.round === round)?.tree);
    assert.deepEqual(firsts, [FIX, BASE]);
    assert.ok(new Set([1, 2, 3, 4].map((round) => amountOf(TIMING, FIX, round))).size > 1);
    for (const round of [1, 5, 21]) {
      const n = amountOf(TIMING, FIX, round);
      assert.ok(n >= 1000 && n <= 1250, String(n));
    }
  });

  test('a base that works too little or is too noisy is told before an agent is paid', () => {
    assert.deepEqual(unfitTimings(ofBase(takes(() => 100))), []);
    assert.match(unfitTimings(ofBase(takes(() => 1)))[0] ?? '', /works for 1 ms with n = 1000.*larger n/);
    const noisy = unfitTimings(ofBase(takes(({ round, n }) => (n === 2000 && round % 2 === 0 ? 400 : 100))));
    assert.match(noisy[0] ?? '', /could be told from chance, and 1\.50 × is asked for: give a larger n/);
    const full = ofBase((run) => observedAs(run, 'x', 40 + Math.min(run.n ?? 0, 2200) / 10));
    assert.match(unfitTimings(full)[0] ?? '', /with twice the work looks 1\.20 × as slow on the base/);
    assert.match(unfitTimings(ofBase((run) => observedAs(run, '')))[0] ?? '', /prints nothing that would show/);
    assert.match(unfitTimings(ofBase((run) => observedAs(run, 'x', 9, 2)))[0] ?? '', /exit code 2 on the base/);
  });

  test('property: with noise of 5 % what is no faster is not shown to be, and what is three times as fast is', () => {
    const noisy = (times: number, seed: number) => {
      const random = fc.sample(fc.double({ min: 0.95, max: 1.05, noNaN: true }), { seed, numRuns: 200 });
      let at = 0;
      return judged(takes(({ tree }) => (tree === BASE ? 100 : 100 / times) * (random[at++ % 200] ?? 1))).kind;
    };
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), (seed) => {
        assert.equal(noisy(1, seed), 'not_shown');
        assert.equal(noisy(3, seed), 'shown');
      }),
      { numRuns: 25 },
    );
  });
});

describe('the interval', () => {
  test('is that of Student, and of one sample there is none', () => {
    assert.deepEqual(interval([1], 3), { mean: 1, low: -Infinity, high: Infinity });
    assert.equal(deviation([1, 1, 1]), 0);
    const { low, high } = interval([1, 2, 3, 4, 5, 6, 7], LOOKS[0].t);
    assert.ok(Math.abs(low - (4 - (3.287 * 2.160_247) / Math.sqrt(7))) < 1e-4 && Math.abs(high + low - 8) < 1e-9);
  });
});
