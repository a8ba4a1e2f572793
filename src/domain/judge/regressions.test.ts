import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BASE, created, examinedOf, gateSpec, measurement, policyOf, shows, tree } from '../testing/build.ts';
import type { Measurement } from '../gates/evidence.ts';
import { regressionGaps, regressionRuns } from './regressions.ts';
import { EMPTY_STATE, wholeSnapshot, type GoalState } from '../goal/state.ts';

const [HEAD, CONTRACT, NEXT] = [tree('head'), tree('contract'), tree('next')];
const ran = (on: string, purpose: Measurement['purpose'], round: number, ...passed: readonly string[]): Measurement =>
  measurement({ tree: on, purpose, round, ...shows({ passed }) });

/** A head with a test that its task added, which only the run of the tree as delivered has; and what ran on the next tree. */
const after = (...runs: readonly Measurement[]): GoalState => ({
  ...EMPTY_STATE,
  created: created(),
  policy: policyOf(gateSpec()),
  examined: new Map([
    [HEAD, examinedOf(HEAD, { contract: CONTRACT })],
    [NEXT, examinedOf(NEXT)],
  ]),
  measurements: [
    ran(BASE, 'baseline', 1, 'a'),
    ran(BASE, 'baseline', 2, 'a'),
    ran(CONTRACT, 'contract', 1, 'a'),
    ran(HEAD, 'candidate', 1, 'a', 'added'),
    ...runs,
  ],
  focus: { task: 't2', snapshot: wholeSnapshot(NEXT), start: HEAD },
});

test('a test that another task added may not get lost; it is looked at once more before anybody is blamed', () => {
  const once = after(ran(NEXT, 'contract', 1, 'a'));
  assert.deepEqual(
    regressionRuns(once, NEXT).map(({ tree: on, round }) => [on, round]),
    [[NEXT, 2]],
  );
  const twice = after(ran(NEXT, 'contract', 1, 'a'), ran(NEXT, 'candidate', 2, 'a'));
  assert.deepEqual(regressionRuns(twice, NEXT), []);
  assert.deepEqual(
    regressionGaps(twice, NEXT).map(({ code, text }) => [code, text.endsWith(': added')]),
    [['G_REGRESSION', true]],
  );
  const flake = after(ran(NEXT, 'contract', 1, 'a'), ran(NEXT, 'candidate', 2, 'a', 'added'));
  assert.deepEqual(regressionGaps(flake, NEXT), []);
  assert.deepEqual(regressionGaps({ ...twice, focus: null }, NEXT), [], 'a goal of one task has no head');
});
