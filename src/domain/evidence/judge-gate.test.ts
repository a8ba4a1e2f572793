import assert from 'node:assert/strict';
import { test } from 'node:test';
import { evolve } from '../transition/evolve.ts';
import { EMPTY_STATE } from '../goal/state.ts';
import { FIX, gateSpec, measurement } from '../testing/build.ts';
import { CAUGHT, GREEN, stateOf } from '../testing/assess.ts';
import { fc } from '../testing/fast-check.ts';
import { simulate } from '../testing/simulate.ts';
import { tapeOf, tapes, tapeWorld } from '../testing/tape.ts';
import { judgeGate, runsWanted } from './judge-gate.ts';

test('a gate has a verdict or needs a run, never both and never neither, and the same when it is asked again', () => {
  fc.assert(
    fc.property(tapes, (numbers) => {
      let state = EMPTY_STATE;
      for (const event of simulate(tapeWorld(tapeOf(numbers))).events) {
        state = evolve(state, event);
        for (const gate of state.policy?.gates ?? [])
          for (const tree of state.examined.keys()) {
            const [verdict, runs] = [judgeGate(state, gate, tree), runsWanted(state, gate, tree)];
            assert.equal(verdict === null, runs !== null);
            assert.equal(judgeGate(state, gate, tree), verdict);
            assert.deepEqual(
              [judgeGate({ ...state }, gate, tree), runsWanted({ ...state }, gate, tree)],
              [verdict, runs],
            );
          }
      }
    }),
    { numRuns: 20 },
  );
});

test('what was measured since is seen, and of another gate nothing is', () => {
  const before = stateOf([['contract', FIX, GREEN]], {});
  const gate = gateSpec();
  assert.equal(judgeGate(before, gate, FIX), null);
  assert.equal(runsWanted(before, gate, FIX)?.run.purpose, 'canary');
  const after = evolve(before, {
    type: 'gate.measured',
    data: measurement({ purpose: 'canary', tree: FIX, ...CAUGHT }),
  });
  assert.equal(judgeGate(after, gate, FIX)?.verdict.kind, 'pass');
  assert.equal(runsWanted(after, gate, FIX), null);
  assert.equal(judgeGate(after, { ...gate, skip: true }, FIX)?.verdict.kind, 'not_measured');
  assert.equal(judgeGate(before, gate, FIX), null, 'the state of before is what it was');
});

test('without a base nothing is judged, and nothing can be run', () => {
  const verdict = judgeGate({ ...stateOf([], {}), created: null }, gateSpec(), FIX)?.verdict;
  assert.deepEqual(verdict, { kind: 'not_measured', code: 'E_NOT_STARTED', detail: 'no baseline' });
});
