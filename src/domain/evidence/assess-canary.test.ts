import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { RED, GREEN, CAUGHT, type Run, stateOf, of, needs, nameOf, verdict, evidence } from '../testing/assess.ts';
import { BASE, exits, FIX, gateSpec, type Shown } from '../testing/build.ts';
import type { Assessment } from './assess.ts';
import { assessAt } from '../testing/assess.ts';
import { QUICK_MS } from '../gates/beside.ts';

suite('the canary run', () => {
  const SLOW = gateSpec({ timeoutMs: 600_000 });
  const beside = (base: Shown, durationMs: number, runs: readonly Run[] = []): string | null => {
    const state = stateOf(runs, { base });
    const measurements = state.measurements.map((each) =>
      each.purpose === 'baseline' ? { ...each, durationMs } : each,
    );
    const found = assessAt({ ...state, measurements }, SLOW, FIX);
    const [first] = (found.kind === 'needs' && found.beside) || [];
    return found.kind === 'needs' && first
      ? `${found.run.purpose} and ${first.purpose} for ` +
          `${nameOf(first.canaryBase ?? '')}${first.spare ? ', in a spare place' : ''}`
      : null;
  };

  test('of a quick gate starts with the run that decides', () => {
    assert.equal(beside(RED, QUICK_MS), 'contract and canary for base');
  });

  test('of a gate that takes longer starts with it only in a spare place', () => {
    assert.equal(beside(RED, QUICK_MS + 1), 'contract and canary for base, in a spare place');
  });

  test('waits for the verdict where two at once could come near the limit, or no tests are counted', () => {
    assert.equal(beside(RED, SLOW.timeoutMs / 4 + 1), null);
    assert.equal(beside(exits(1), 1), null);
  });

  test('is needless where what the base showed stands for the run that decides', () => {
    const gate = gateSpec({ inputs: ['!b'] });
    const from = {
      goal: null,
      purpose: 'baseline',
      round: 1,
      tree: BASE,
      startedAt: '2026-01-31T12:00:00.000Z',
      durationMs: 1,
    } as const;
    const cached = {
      key: 'k',
      parts: {
        inputs: 'i',
        canaryBase: null,
        settings: 's',
        tools: {},
        layer: null,
        machine: 'm',
        sandbox: 'bubblewrap 0.9',
        omk: '1',
      },
      from,
    };
    const judged = (run: Shown, spec = gate): Assessment => of([['contract', FIX, run]], { gate: spec, base: GREEN });
    const found = judged({ ...GREEN, cached });
    assert.deepEqual(
      [verdict(found), found.kind === 'judged' && found.canary, evidence(found)],
      ['pass', 'needless', ['contract candidate']],
    );
    const declared = gateSpec({ inputs: ['src'], source: { kind: 'file', path: '.omk/gates.toml', blob: 'b' } });
    assert.equal(
      needs(judged({ ...GREEN, cached: { ...cached, from: { ...from, purpose: 'contract' } } }, declared)),
      'canary of candidate for base',
    );
    const first = of([], { gate, base: GREEN });
    assert.ok(first.kind === 'needs' && first.beside === undefined, 'it may turn out to be');
  });

  test('is not made twice', () => {
    assert.equal(beside(RED, 1, [['canary', FIX, CAUGHT]]), null);
    assert.equal(
      verdict(
        of([
          ['canary', FIX, CAUGHT],
          ['contract', FIX, GREEN],
        ]),
      ),
      'pass',
    );
  });
});
