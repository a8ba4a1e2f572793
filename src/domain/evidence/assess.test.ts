import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import {
  CONTRACT,
  RED,
  GREEN,
  CAUGHT,
  EDITED,
  type Run,
  type Given,
  stateOf,
  of,
  needs,
  verdict,
  detail,
  evidence,
} from '../testing/assess.ts';
import { exits, FIX, gateSpec, notStarted, shows, type Shown } from '../testing/build.ts';
import { CANARY } from '../testing/ready.ts';
import type { GoalState } from '../goal/state.ts';
import type { Assessment } from './assess.ts';
import { assessAt } from '../testing/assess.ts';

suite('assess without what it stands on', () => {
  test('says that it does not know', () => {
    const state = stateOf([], {});
    const unknown = (changed: Partial<GoalState>): string =>
      verdict(assessAt({ ...state, ...changed }, gateSpec(), FIX));
    assert.equal(unknown({ created: null }), 'E_NOT_STARTED');
    assert.equal(unknown({ examined: new Map() }), 'E_NOT_STARTED');
    assert.equal(unknown({ measurements: [] }), 'E_NOT_STARTED');
  });

  test('a gate that is switched off is not measured, whatever was', () => {
    const found = of(
      [
        ['contract', FIX, GREEN],
        ['canary', FIX, CAUGHT],
      ],
      { gate: gateSpec({ skip: true }) },
    );
    assert.equal(verdict(found), 'E_SKIPPED');
    assert.deepEqual(evidence(found), []);
  });
});

suite('a candidate that is its own contract', () => {
  test('needs a run and a canary, and is judged with both', () => {
    assert.equal(needs(of([])), 'contract of candidate');
    assert.equal(needs(of([['contract', FIX, GREEN]])), 'canary of candidate for base');
    const found = of([
      ['contract', FIX, GREEN],
      ['canary', FIX, CAUGHT],
    ]);
    assert.deepEqual([verdict(found), evidence(found)], ['pass', ['contract candidate', 'canary candidate']]);
    assert.ok(found.kind === 'judged' && found.canary === 'caught' && found.missing.length === 0);
  });

  test('is judged without a canary where it is red, or where none could be planted', () => {
    assert.deepEqual(evidence(of([['contract', FIX, RED]])), ['contract candidate']);
    const none = of([
      ['contract', FIX, GREEN],
      ['canary', FIX, notStarted('tool')],
    ]);
    assert.ok(none.kind === 'judged' && none.canary === 'none');
    assert.deepEqual(evidence(none), ['contract candidate', 'canary candidate']);
    const bare = of([['contract', FIX, exits(0)]], { gate: gateSpec({ reader: 'exit_only' }), base: exits(1) });
    assert.ok(bare.kind === 'judged' && bare.canary === 'none');
    assert.deepEqual([verdict(bare), evidence(bare)], ['pass', ['contract candidate']]);
  });

  test('a gate judged by exit code only is asked for no canary, though it wrote a report', () => {
    assert.equal(verdict(of([['contract', FIX, GREEN]], { gate: gateSpec({ reader: 'exit_only' }) })), 'pass');
  });

  test('a missed canary names a file that was planted, and shows its run', () => {
    const found = of([
      ['contract', FIX, GREEN],
      ['canary', FIX, { ...GREEN, canary: CANARY }],
    ]);
    assert.deepEqual(
      [verdict(found), evidence(found)],
      ['E_CANARY_MISSED', ['contract candidate', 'canary candidate']],
    );
    assert.match(detail(found), /planted in a\.test\.js,/);
    assert.match(
      detail(
        of([
          ['contract', FIX, GREEN],
          ['canary', FIX, notStarted('sandbox')],
        ]),
      ),
      /did not start/,
    );
  });

  test('the canary of a run that did not end by itself is missed', () => {
    for (const outcome of [
      { kind: 'timed_out', afterMs: 1 },
      { kind: 'signalled', signal: 'SIGKILL' },
      { kind: 'exited', code: 0 },
    ] as const)
      assert.equal(
        verdict(
          of([
            ['contract', FIX, GREEN],
            ['canary', FIX, { ...CAUGHT, outcome }],
          ]),
        ),
        'E_CANARY_MISSED',
      );
  });

  test('a canary without a list of files stands in the one it names', () => {
    const base = shows({ passed: ['a.test.js > adds'], failed: ['b.test.js > subtracts'] });
    const green = shows({ passed: ['a.test.js > adds', 'b.test.js > subtracts'] });
    const at = (id: string): string =>
      verdict(
        of(
          [
            ['contract', FIX, green],
            ['canary', FIX, shows({ failed: [id] }, { canary: CANARY })],
          ],
          { base },
        ),
      );
    assert.equal(at(`a.test.js > ${CANARY.name}`), 'pass');
    assert.equal(at(`b.test.js > ${CANARY.name}`), 'E_CANARY_MISSED');
  });

  test('files are told apart in ids of pytest too, and one without tests that count is not asked', () => {
    const base = shows({ passed: ['test_a.py::adds'], failed: ['test_b.py::subtracts'] });
    const green = shows({ passed: ['test_a.py::adds', 'test_b.py::subtracts'] });
    const canary = { file: 'test_a.py', name: 'canary', files: ['test_a.py', 'test_b.py', 'test_idle.py'] };
    const at = (...failed: readonly string[]): Assessment =>
      of(
        [
          ['contract', FIX, green],
          ['canary', FIX, shows({ failed }, { canary })],
        ],
        { base },
      );
    assert.equal(verdict(at('test_a.py::canary', 'test_b.py::canary')), 'pass');
    assert.match(detail(at('test_a.py::canary')), /planted in test_b\.py,/);
  });
});

suite('a candidate with another contract', () => {
  const given: Given = { contract: CONTRACT };
  const contract: readonly Run[] = [
    ['contract', CONTRACT, GREEN],
    ['canary', CONTRACT, CAUGHT],
  ];

  test('needs the contract, its canary, the delivered tree, and a canary there', () => {
    assert.equal(needs(of([], given)), 'contract of contract');
    assert.equal(needs(of(contract.slice(0, 1), given)), 'canary of contract for base');
    assert.equal(needs(of(contract, given)), 'candidate of candidate');
    assert.equal(needs(of([...contract, ['candidate', FIX, GREEN]], given)), 'canary of candidate for candidate');
    const found = of([...contract, ['candidate', FIX, GREEN], ['canary', FIX, CAUGHT]], given);
    assert.deepEqual(
      [verdict(found), evidence(found)],
      ['pass', ['contract contract', 'canary contract', 'candidate candidate', 'canary candidate']],
    );
    assert.ok(found.kind === 'judged' && found.canary === 'caught');
  });

  test('is red where the delivered tree is, with what is missing there', () => {
    const found = of([...contract, ['candidate', FIX, shows({ passed: ['adds', 'new'] })]], given);
    assert.deepEqual(
      [verdict(found), evidence(found)],
      ['E_MISSING_TESTS', ['contract contract', 'canary contract', 'candidate candidate']],
    );
    assert.deepEqual(found.kind === 'judged' ? found.missing : null, ['subtracts']);
  });

  test('names what was good and fails in the canary run of the delivered tree alone', () => {
    const retried: Given = { ...given, gate: gateSpec({ retries: 1 }) };
    const shaken = shows({ passed: ['subtracts'], failed: ['adds', CANARY.name] }, { canary: CANARY });
    const found = of([...contract, ['candidate', FIX, GREEN], ['canary', FIX, shaken]], retried);
    assert.deepEqual([verdict(found), found.kind === 'judged' ? found.flaky : null], ['pass', ['adds']]);
  });

  test('is not measured where the delivered tests can no longer fail', () => {
    const found = of([...contract, ['candidate', FIX, GREEN], ['canary', FIX, { ...GREEN, canary: CANARY }]], given);
    assert.equal(verdict(found), 'E_CANARY_MISSED');
    assert.deepEqual(evidence(found).length, 4);
    assert.equal(
      verdict(of([...contract, ['candidate', FIX, GREEN], ['canary', FIX, notStarted('tool')]], given)),
      'pass',
    );
  });

  test('without a reader is run twice and no more', () => {
    const bare: Given = { ...given, gate: gateSpec({ reader: 'exit_only' }), base: exits(1) };
    const found = of(
      [
        ['contract', CONTRACT, exits(0)],
        ['candidate', FIX, exits(0)],
      ],
      bare,
    );
    assert.deepEqual([verdict(found), evidence(found)], ['pass', ['contract contract', 'candidate candidate']]);
    assert.equal(
      verdict(
        of(
          [
            ['contract', CONTRACT, exits(0)],
            ['candidate', FIX, exits(1)],
          ],
          bare,
        ),
      ),
      'E_EXIT',
    );
  });

  test('is the weaker of both where a known red gate is green only with one', () => {
    const canaries: readonly Run[] = [
      ['canary', CONTRACT, CAUGHT],
      ['canary', FIX, CAUGHT],
    ];
    const at = (one: Shown, other: Shown): string =>
      verdict(of([['contract', CONTRACT, one], ['candidate', FIX, other], ...canaries], { ...given, knownRed: true }));
    assert.deepEqual(
      [at(GREEN, GREEN), at(GREEN, RED), at(RED, GREEN), at(RED, RED)],
      ['pass', 'KNOWN_RED', 'KNOWN_RED', 'KNOWN_RED'],
    );
  });

  test('accepted by a person is judged by its own tests, and may have lost some', () => {
    const accepted: Given = { ...given, accepted: true, changes: EDITED };
    assert.equal(needs(of([], accepted)), 'candidate of candidate');
    assert.equal(needs(of([['candidate', FIX, GREEN]], accepted)), 'canary of candidate for candidate');
    const found = of(
      [
        ['candidate', FIX, shows({ passed: ['adds'] })],
        ['canary', FIX, CAUGHT],
      ],
      accepted,
    );
    assert.deepEqual([verdict(found), evidence(found)], ['pass', ['candidate candidate', 'canary candidate']]);
    assert.deepEqual(found.kind === 'judged' ? found.missing : null, []);
  });
});

suite('a red contract', () => {
  const given: Given = { contract: CONTRACT, changes: EDITED };
  const red: Run = ['contract', CONTRACT, RED];

  test('is explained by the candidate’s own tests where it changed them', () => {
    assert.equal(needs(of([red], given)), 'candidate of candidate');
    const found = of([red, ['candidate', FIX, GREEN]], given);
    assert.deepEqual(
      [verdict(found), evidence(found)],
      ['E_CONTRACT_CHANGED', ['contract contract', 'candidate candidate']],
    );
    assert.match(detail(found), /\(edited a\.test\.js\); with those of the base: 1 of 2 tests failed/);
    const worse = of([red, ['candidate', FIX, RED]], given);
    assert.deepEqual(
      [verdict(worse), evidence(worse)],
      ['E_TESTS_FAILED', ['contract contract', 'candidate candidate']],
    );
  });

  test('names no more than five of the changes', () => {
    const changes = ['1', '2', '3', '4', '5', '6'].map((path) => ({ path, change: 'deleted' as const }));
    assert.match(
      detail(of([red, ['candidate', FIX, GREEN]], { ...given, changes })),
      /\(deleted 1, deleted 2, deleted 3, deleted 4, deleted 5\)/,
    );
  });

  test('is only red where nothing was changed, where it is the candidate, or where it could not be measured', () => {
    assert.deepEqual(evidence(of([red], { ...given, changes: [] })), ['contract contract']);
    assert.deepEqual(evidence(of([['contract', FIX, RED]], { changes: EDITED })), ['contract candidate']);
    const unmeasured = of([['contract', CONTRACT, exits(0)]], given);
    assert.deepEqual([verdict(unmeasured), evidence(unmeasured)], ['E_NO_REPORT', ['contract contract']]);
  });
});
