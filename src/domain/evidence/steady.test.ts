import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { examinedOf, gateSpec, policyOf, shows, type Shown } from '../testing/build.ts';
import { play } from '../testing/ready.ts';
import { CAUGHT, codes, GREEN, measure, verdict } from '../testing/trust.ts';
import type { Simulation } from '../testing/simulate.ts';

const ID = 'test/a.test.js > mod';
const BASE = shows({ passed: [ID], failed: ['subtracts'] });
const ALL = shows({ passed: [ID, 'subtracts'] });
const CANARY = { ...CAUGHT, ...shows({ passed: [ID, 'subtracts'], failed: ['omk canary 1f'] }) };
const SHAKEN = shows({ passed: ['subtracts'], failed: [ID] });

/** `contract`: what the runs of the contract show, one after the other; the last one stays. */
function runs(meets: readonly string[] | undefined, ...contract: readonly Shown[]): Simulation {
  const rest = measure({ baseline: BASE, canary: { ...CANARY, canary: CAUGHT.canary ?? null }, contract: ALL });
  return play({
    policy: policyOf(gateSpec({ retries: 1 })),
    options: { maxAttempts: 1, maxTurns: 1 },
    measure: (run, state) =>
      run.purpose === 'contract' ? (contract[run.round - 1] ?? contract.at(-1) ?? GREEN) : rest(run, state),
    examine: (candidate) => examinedOf(candidate, { asks: [], ...(meets ? { meets } : {}) }),
  });
}

suite('a test that leads to the change', () => {
  test('must pass in every run: it is no flake', () => {
    const run = runs(['test/a.test.js'], SHAKEN, ALL);
    assert.equal(run.state.status, 'not_ready');
    assert.equal(verdict(run), 'E_FLAKY');
  });

  test('is run more often where that is quick', () => {
    const quick = runs(['test/a.test.js'], ALL);
    assert.equal(quick.state.status, 'ready');
    assert.equal(quick.state.measurements.filter(({ purpose }) => purpose === 'contract').length, 3);
    const slow = runs(['test/a.test.js'], { ...ALL, durationMs: 10_000 });
    assert.equal(slow.state.measurements.filter(({ purpose }) => purpose === 'contract').length, 1);
    assert.equal(runs(['test/a.test.js'], ALL, SHAKEN).state.status, 'not_ready');
  });

  test('one that does not lead there, and logs of before, have their flakes named', () => {
    for (const meets of [[], ['test/b.test.js'], undefined]) {
      const run = runs(meets, SHAKEN, ALL);
      assert.equal(run.state.status, 'ready');
      assert.ok(codes(run).includes('K_FLAKY'));
    }
  });
});
