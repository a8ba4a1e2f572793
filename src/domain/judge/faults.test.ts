import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { shows, type Shown } from '../testing/build.ts';
import { NOTICED, NOT_NOTICED, NOT_RUN, withOwnTests } from '../testing/own-tests.ts';
import { play } from '../testing/ready.ts';
import { codes } from '../testing/trust.ts';
import { assessFaults, faultsText } from './faults.ts';

const NAMES = ['one', 'two', 'three', 'four', 'five'];

/** A run whose change has five functions; `shown` of those that are named, else the tests notice. */
function planted(shown: Readonly<Record<string, Shown>>, hollowMs = 5, names: readonly string[] = NAMES) {
  const world = withOwnTests({
    planted: names,
    hollow: shows({ passed: ['adds'], failed: ['subtracts'] }, { durationMs: hollowMs }),
  });
  const measure: typeof world.measure = (run, state) =>
    run.purpose === 'hollow' && NAMES.includes(run.tree) ? (shown[run.tree] ?? NOTICED) : world.measure(run, state);
  const run = play({ ...world, measure });
  assert.equal(run.state.status, 'ready');
  const text = JSON.stringify(run.state.ended?.gaps);
  const [candidate = ''] = [...run.state.hollowed.keys()];
  return { run, text, found: assessFaults(run.state, candidate) };
}

suite('faults that are planted one by one', () => {
  test('are run at once when all else is shown, and it is said how many the tests noticed', () => {
    const { run, found } = planted({ two: NOT_NOTICED });
    assert.ok(run.answers.some((intents) => intents.filter(({ kind }) => kind === 'run_gate').length === NAMES.length));
    assert.equal(faultsText(found), 'they noticed 4 of 5 faults planted in the change');
    assert.ok(!codes(run).includes('K_ORACLE_SHALLOW'));
  });

  test('of which less than half are noticed are a limit that names the functions, and never in the way', () => {
    const { run, text } = planted({ one: NOT_NOTICED, three: NOT_NOTICED, five: NOT_NOTICED });
    assert.ok(codes(run).includes('K_ORACLE_SHALLOW'));
    assert.match(text, /noticed 2 of 5 faults planted in the change; not when these do nothing: one, three, five/);
  });

  test('of a change with one function need no run: the hollow one is it', () => {
    const { run, found } = planted({ one: NOT_NOTICED }, 5, ['one']);
    assert.equal(run.state.measurements.filter(({ tree }) => tree === 'one').length, 0);
    assert.equal(faultsText(found), 'they noticed 1 of 1 fault planted in the change');
  });

  test('with which no test runs say nothing', () => {
    const { found } = planted({ one: NOT_RUN, two: NOT_RUN });
    assert.equal(faultsText(found), 'they noticed 3 of 3 faults planted in the change');
  });

  test('are fewer where a run of the tests is slow, and none where one alone takes too long', () => {
    assert.equal(faultsText(planted({}, 25_000).found), 'they noticed 2 of 2 faults planted in the change');
    const slow = planted({}, 90_000);
    assert.ok(codes(slow.run).includes('K_NOT_PLANTED'));
    assert.match(slow.text, /no faults were planted one by one, because one run of them takes 90 s/);
  });

  test('are none in a log of before, and a change that could not be emptied says so', () => {
    const before = play(withOwnTests());
    assert.deepEqual(
      codes(before).filter((code) => /^K_(?:NOT_(?:HOLLOWED|PLANTED)|ORACLE_SHALLOW)$/.test(code)),
      [],
    );
    const { state } = before;
    const [candidate, made] = [...state.hollowed][0] ?? [];
    assert.ok(candidate !== undefined && made);
    assert.equal(faultsText(assessFaults(state, candidate)), '');
  });
});
