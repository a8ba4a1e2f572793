import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { RED, GREEN, CAUGHT, type Given, broken, stateOf, of, verdict, detail } from '../testing/assess.ts';
import { exits, FIX, gateSpec, shows, type Shown } from '../testing/build.ts';
import { assessAt } from '../testing/assess.ts';

suite('a run beside the baseline', () => {
  const judge = (shown: Shown, given: Given = {}): string =>
    verdict(
      of(
        [
          ['contract', FIX, shown],
          ['canary', FIX, CAUGHT],
        ],
        given,
      ),
    );

  test('counts what is missing of all that was expected, and names five', () => {
    const base = broken(shows({ passed: ['a', 'b', 'c', 'd', 'e', 'f', 'g'], failed: ['h'] }), 'x.test.js');
    const found = of([['contract', FIX, shows({ passed: ['g', 'h'] })]], { base });
    assert.match(detail(found), /^7 of 9 tests of the base were not executed: a; b; c; d; e$/);
    assert.deepEqual(found.kind === 'judged' ? found.missing : null, [
      'a',
      'b',
      'c',
      'd',
      'e',
      'f',
      'x.test.js (any test)',
    ]);
  });

  test('with a report that is gone has lost all', () => {
    const found = of([
      [
        'contract',
        FIX,
        {
          outcome: { kind: 'exited', code: 1 },
          report: { kind: 'unreadable', reader: 'node-test', why: 'missing', detail: 'x' },
        },
      ],
    ]);
    assert.deepEqual(
      [verdict(found), found.kind === 'judged' ? found.missing : null],
      ['E_EXIT', ['adds', 'subtracts']],
    );
  });

  test('known red, it may fail as before and in no other way', () => {
    const known = (shown: Shown, base: Shown = RED): string => judge(shown, { knownRed: true, base });
    assert.equal(known(RED), 'KNOWN_RED');
    assert.equal(known(GREEN), 'pass');
    assert.equal(known(shows({ passed: ['subtracts'], failed: ['adds'] })), 'E_TESTS_FAILED');
    assert.equal(known(broken(GREEN, 'x.test.js')), 'E_EXIT');
    assert.equal(known(shows({ passed: ['adds', 'subtracts'] }, { outcome: { kind: 'exited', code: 1 } })), 'E_EXIT');
    assert.equal(known({ ...RED, changed: ['x'] }), 'E_TREE_CHANGED');
    // One of two red tests is still red, the other is not run any more: that is what is told, and not a failure that was there before.
    const two = shows({ passed: ['adds'], failed: ['subtracts', 'divides'] });
    assert.equal(known(RED, two), 'E_MISSING_TESTS');
    assert.equal(known(shows({ passed: [], failed: ['adds', 'subtracts'] }), two), 'E_TESTS_FAILED');
    const coverage = shows({ passed: ['adds', 'subtracts'] }, { outcome: { kind: 'exited', code: 1 } });
    assert.equal(known(coverage, coverage), 'KNOWN_RED');
    assert.equal(known(shows({ passed: ['adds'], failed: ['subtracts'] }), coverage), 'E_TESTS_FAILED');
    assert.equal(known({ ...exits(1), outcome: { kind: 'timed_out', afterMs: 1 } }, exits(1)), 'E_TIMEOUT');
  });

  test('known red and unmeasured is unmeasured', () => {
    assert.equal(judge(exits(1), { knownRed: true }), 'E_NO_REPORT');
  });
});

suite('ids that do not decide', () => {
  const rounds = (shown: Shown, knownRed = false): string => {
    const state = stateOf(
      [
        ['contract', FIX, shown],
        ['canary', FIX, CAUGHT],
      ],
      { knownRed },
    );
    const unstable = state.measurements.map((each) =>
      each.purpose === 'baseline'
        ? {
            ...each,
            ...shows(
              each.round === 1
                ? { passed: ['adds', 'flaky'], failed: ['subtracts', 'rare'] }
                : { passed: ['adds', 'rare'], failed: ['subtracts', 'flaky'] },
            ),
          }
        : each,
    );
    return verdict(assessAt({ ...state, measurements: unstable }, gateSpec(), FIX));
  };

  test('may fail, beside those that do and pass', () => {
    assert.equal(rounds(shows({ passed: ['adds', 'subtracts'], failed: ['flaky', 'rare'] })), 'pass');
    assert.equal(rounds(shows({ passed: ['adds', 'subtracts', 'rare'], failed: ['flaky', 'new'] })), 'E_TESTS_FAILED');
    assert.equal(rounds(shows({ passed: ['adds', 'subtracts'] })), 'pass');
  });

  test('excuse no file that is broken', () => {
    assert.equal(
      rounds(broken(shows({ passed: ['adds', 'subtracts'], failed: ['flaky'] }), 'x.test.js')),
      'E_TESTS_FAILED',
    );
  });

  test('may fail in a known red gate too', () => {
    assert.equal(rounds(shows({ passed: ['adds'], failed: ['subtracts', 'flaky'] }), true), 'KNOWN_RED');
    assert.equal(
      rounds(broken(shows({ passed: ['adds'], failed: ['subtracts', 'flaky'] }), 'x.test.js'), true),
      'E_TESTS_FAILED',
    );
  });
});
