import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { GateRun } from '../evidence/assess.ts';
import type { Measurement } from '../gates/evidence.ts';
import type { GoalState } from '../goal/state.ts';
import { BASE, FIX, gateSpec, measurement, notStarted } from '../testing/build.ts';
import { gates, play } from '../testing/ready.ts';
import { wantedAgain } from './wanted.ts';

const all = (): boolean => true;
const { state: recorded } = play();
const here = (runs: readonly Measurement[], of: GoalState = recorded): GoalState => ({ ...of, measurements: runs });
const only = (...purposes: readonly string[]): readonly Measurement[] =>
  recorded.measurements.filter(({ purpose }) => purposes.includes(purpose));
const said = (runs: readonly GateRun[]): readonly string[] =>
  runs.map(({ gate, purpose, round }) => `${gate} ${purpose} ${round}`);

suite('what a proof that is run again still wants', () => {
  test('is the base first, both times, then the candidate, then what must fail', () => {
    assert.deepEqual(said(wantedAgain(here([]), recorded, FIX, all)), ['test baseline 1', 'test baseline 2']);
    const [first] = only('baseline');
    assert.ok(first);
    assert.deepEqual(said(wantedAgain(here([first]), recorded, FIX, all)), ['test baseline 2']);
    assert.deepEqual(said(wantedAgain(here(only('baseline')), recorded, FIX, all)), ['test contract 1']);
    assert.deepEqual(said(wantedAgain(here(only('baseline', 'contract')), recorded, FIX, all)), ['test canary 1']);
    assert.deepEqual(wantedAgain(recorded, recorded, FIX, all), []);
  });

  test('is nothing on a candidate where there is none', () => {
    assert.deepEqual(wantedAgain(here(only('baseline')), recorded, null, all), []);
  });

  test('is nothing of gates that nobody asks for, that were skipped, or that never ran', () => {
    assert.deepEqual(
      wantedAgain(here([]), recorded, FIX, (gate) => gate !== 'test'),
      [],
    );
    assert.deepEqual(wantedAgain(here([]), here([]), FIX, all), []);
    const skipped = { ...recorded, policy: { file: null, gates: [gateSpec({ skip: true })] } };
    assert.deepEqual(wantedAgain(here([], skipped), recorded, FIX, all), []);
  });

  test('is nothing more of a gate that cannot run on the base here', () => {
    const unable = ([1, 2] as const).map((round) =>
      measurement({ purpose: 'baseline', round, tree: BASE, ...notStarted('tool') }),
    );
    assert.deepEqual(wantedAgain(here(unable), recorded, FIX, all), []);
  });

  test('is of one stage at once, for all gates', () => {
    const two = play(gates(gateSpec(), gateSpec({ id: 'other' }))).state;
    assert.deepEqual(said(wantedAgain(here([], two), two, FIX, all)), [
      'test baseline 1',
      'test baseline 2',
      'other baseline 1',
      'other baseline 2',
    ]);
  });

  test('is not what the recorded goal did not judge to its end either', () => {
    const short = here(only('baseline'));
    assert.deepEqual(wantedAgain(here(only('baseline')), short, FIX, all), []);
  });
});
