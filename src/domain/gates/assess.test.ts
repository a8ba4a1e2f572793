import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import {
  BASE,
  created,
  examinedOf,
  exits,
  FIX,
  gateSpec,
  measurement,
  notStarted,
  policyOf,
  shows,
  tree,
  type Shown,
} from '../testing/build.ts';
import { CANARY } from '../testing/ready.ts';
import { fold } from '../goal/evolve.ts';
import type { GoalState } from '../goal/state.ts';
import { assess, type Assessment } from './assess.ts';
import type { Measurement, Purpose } from './evidence.ts';
import { QUICK_MS } from './beside.ts';
import type { GateSpec } from './gate.ts';

const CONTRACT = tree('contract');
const RED = shows({ passed: ['adds'], failed: ['subtracts'] });
const GREEN = shows({ passed: ['adds', 'subtracts'] });
const CAUGHT = shows({ passed: ['adds'], failed: [CANARY.name] }, { canary: CANARY });
const EDITED = [{ path: 'a.test.js', change: 'edited' }] as const;

type Run = readonly [Purpose, string, Shown];
interface Given {
  readonly gate?: GateSpec;
  readonly base?: Shown;
  readonly knownRed?: boolean;
  readonly accepted?: boolean;
  readonly contract?: string;
  readonly changes?: ReturnType<typeof examinedOf>['contractChanges'];
}

const broken = (shown: Shown, ...files: readonly string[]): Shown =>
  shown.report.kind === 'tests'
    ? {
        ...shown,
        outcome: { kind: 'exited', code: 1 },
        report: { ...shown.report, tests: { ...shown.report.tests, broken: files } },
      }
    : shown;

function stateOf(runs: readonly Run[], given: Given): GoalState {
  const { gate = gateSpec(), base = RED, contract = FIX, changes = [] } = given;
  const state = fold([
    { type: 'goal.created', data: created({ knownRed: given.knownRed ? [gate.id] : [] }) },
    { type: 'policy.resolved', data: { policy: policyOf(gate) } },
    ...[1, 2].map((round) => ({
      type: 'gate.measured' as const,
      data: measurement({ purpose: 'baseline', tree: BASE, round, ...base }),
    })),
    { type: 'candidate.examined', data: examinedOf(FIX, { contract, contractChanges: changes }) },
    ...runs.map(([purpose, at, shown]) => ({
      type: 'gate.measured' as const,
      data: measurement({ purpose, tree: at, ...shown }),
    })),
  ]);
  const question = { id: 'q', code: 'contract_changed', subject: FIX, text: 'x', paths: [] } as const;
  return given.accepted ? { ...state, questions: [{ question, answer: { kind: 'accept' } }] } : state;
}

const of = (runs: readonly Run[], given: Given = {}): Assessment =>
  assess(stateOf(runs, given), given.gate ?? gateSpec(), FIX);
const needs = (assessment: Assessment): string =>
  assessment.kind === 'needs'
    ? `${assessment.run.purpose} of ` +
      `${nameOf(assessment.run.tree)}` +
      `${assessment.run.canaryBase ? ` for ${nameOf(assessment.run.canaryBase)}` : ''}`
    : 'nothing';
const nameOf = (id: string): string => ({ [BASE]: 'base', [FIX]: 'candidate', [CONTRACT]: 'contract' })[id] ?? id;
const verdict = (assessment: Assessment): string => {
  if (assessment.kind === 'needs') return 'needs';
  return 'code' in assessment.verdict ? assessment.verdict.code : assessment.verdict.kind;
};
const detail = (assessment: Assessment): string =>
  assessment.kind === 'judged' && 'detail' in assessment.verdict ? assessment.verdict.detail : '';
const evidence = (assessment: Assessment): readonly string[] =>
  assessment.kind === 'judged'
    ? assessment.evidence.map(({ purpose, tree: at }: Measurement) => `${purpose} ${nameOf(at)}`)
    : [];

suite('assess without what it stands on', () => {
  test('says that it does not know', () => {
    const state = stateOf([], {});
    const unknown = (changed: Partial<GoalState>): string => verdict(assess({ ...state, ...changed }, gateSpec(), FIX));
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
    return verdict(assess({ ...state, measurements: unstable }, gateSpec(), FIX));
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

suite('the canary run', () => {
  const SLOW = gateSpec({ timeoutMs: 600_000 });
  const beside = (base: Shown, durationMs: number, runs: readonly Run[] = []): string | null => {
    const state = stateOf(runs, { base });
    const measurements = state.measurements.map((each) =>
      each.purpose === 'baseline' ? { ...each, durationMs } : each,
    );
    const found = assess({ ...state, measurements }, SLOW, FIX);
    return found.kind === 'needs' && found.beside
      ? `${found.run.purpose} and ${found.beside.purpose} for ` +
          `${nameOf(found.beside.canaryBase ?? '')}${found.beside.spare ? ', in a spare place' : ''}`
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
