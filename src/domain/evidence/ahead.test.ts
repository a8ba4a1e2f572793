import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { CAUGHT, CONTRACT, EDITED, GREEN, nameOf, RED, stateOf, type Run } from '../testing/assess.ts';
import { FIX, gateSpec } from '../testing/build.ts';
import { assessAt } from '../testing/assess.ts';
import { QUICK_MS } from '../gates/beside.ts';

const GATE = gateSpec({ timeoutMs: 600_000 });

interface Given {
  readonly took?: number;
  readonly ahead?: boolean;
  /** Null: what is merged is judged. Absent: the goal is. */
  readonly task?: string | null;
}

/** What is wanted of a candidate whose contract is another tree, all at once. */
function wanted(runs: readonly Run[], { took = QUICK_MS, ahead = true, task }: Given = {}): readonly string[] {
  const state = stateOf(runs, { contract: CONTRACT, changes: EDITED, gate: GATE });
  assert.ok(state.created);
  const options = { ...state.created.options, altered: true, ahead, canariesMerged: true };
  const focus = task === undefined ? null : { task };
  const measurements = state.measurements.map((each) => ({ ...each, durationMs: took }));
  const found = assessAt({ ...state, created: { ...state.created, options }, focus, measurements }, GATE, FIX);
  if (found.kind !== 'needs') return [found.verdict.kind];
  return [found.run, ...(found.beside ?? [])].map(
    ({ purpose, tree, spare }) => `${purpose} of ${nameOf(tree)}${spare ? ', spare' : ''}`,
  );
}

const HOLDS: Run = ['contract', CONTRACT, GREEN];

suite('runs that only a pass needs', () => {
  test('begin with the canary once the contract holds, not before, and none of them twice', () => {
    assert.deepEqual(wanted([]), ['contract of contract', 'canary of contract']);
    assert.deepEqual(wanted([['contract', CONTRACT, RED]]), ['candidate of candidate']);
    assert.deepEqual(wanted([HOLDS]), ['canary of contract', 'altered of contract', 'candidate of candidate']);
    assert.deepEqual(wanted([HOLDS, ['candidate', FIX, GREEN]]), ['canary of contract', 'altered of contract']);
    const caught: Run = ['canary', CONTRACT, CAUGHT];
    assert.deepEqual(wanted([HOLDS, caught]), ['altered of contract', 'candidate of candidate']);
    assert.deepEqual(wanted([HOLDS, caught, ['altered', CONTRACT, RED]]), ['candidate of candidate']);
  });

  test('take a spare place only where the gate is not quick, and wait where it could come near its limit', () => {
    assert.deepEqual(wanted([HOLDS], { took: QUICK_MS + 1 }), [
      'canary of contract',
      'altered of contract, spare',
      'candidate of candidate, spare',
    ]);
    assert.deepEqual(wanted([HOLDS], { took: GATE.timeoutMs / 2 }), ['canary of contract']);
  });

  test('come one after the other in logs of before', () => {
    assert.deepEqual(wanted([HOLDS], { ahead: false }), ['canary of contract']);
  });

  test('are asked of the tree that lands, and not of the work of one task', () => {
    assert.deepEqual(wanted([], { task: 't1' }), ['contract of contract']);
    assert.deepEqual(wanted([HOLDS], { task: 't1' }), ['candidate of candidate']);
    assert.deepEqual(wanted([HOLDS, ['candidate', FIX, GREEN]], { task: 't1' }), ['pass']);
    assert.deepEqual(wanted([HOLDS, ['candidate', FIX, RED]], { task: 't1' }), ['fail']);
    assert.equal(wanted([HOLDS, ['candidate', FIX, GREEN]], { task: null })[0], 'canary of contract');
  });
});
