import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { GateRun } from '../evidence/assess.ts';
import type { TreeId } from '../ids.ts';
import {
  BASE,
  checkGate,
  examinedOf,
  exits,
  FIX,
  gateSpec,
  notStarted,
  policyOf,
  shows,
  type Shown,
} from '../testing/build.ts';
import { CANARY, gates, play } from '../testing/ready.ts';
import type { Simulation, World } from '../testing/simulate.ts';
import {
  OTHER,
  CONTRACT,
  TESTS_EDITED,
  RED,
  GREEN,
  CAUGHT,
  measure,
  leavesInTurn,
  resumes,
  codes,
  verdict,
} from '../testing/trust.ts';
import { blocking, readiness } from './readiness.ts';
import { answerTo } from '../goal/state.ts';
import { gateOf } from '../plan/plan.ts';

suite('T2 baseline', () => {
  const cheat = (shown: Shown): Simulation => play({ measure: measure({ contract: shown }) });

  test('a test that was deleted, so that it is in no report, is missing', () => {
    const run = cheat(shows({ passed: ['subtracts'] }));
    assert.equal(run.state.status, 'blocked_on_human');
    assert.equal(verdict(run), 'E_MISSING_TESTS');
  });

  test('a test that was skipped was not executed', () => {
    assert.equal(verdict(cheat(shows({ passed: ['subtracts'], skipped: ['adds'] }))), 'E_MISSING_TESTS');
  });

  test('the red test that is only gone, as when the subject ends the process, is not green', () => {
    const run = cheat(shows({ passed: ['adds'] }));
    assert.equal(run.state.status, 'not_ready');
    assert.equal(verdict(run), 'E_MISSING_TESTS');
    assert.equal(verdict(cheat(shows({ passed: ['adds'], skipped: ['subtracts'] }))), 'E_MISSING_TESTS');
  });

  test('a file that could not be loaded at the base must yield tests', () => {
    const broken = {
      outcome: { kind: 'exited', code: 1 },
      report: { ...RED.report, tests: { passed: ['adds'], failed: [], skipped: [], broken: ['b.test.js'] } },
    } as Shown;
    const at = (contract: Shown): Simulation => play({ measure: measure({ baseline: broken, contract }) });
    assert.equal(verdict(at(shows({ passed: ['adds'] }))), 'E_MISSING_TESTS');
    assert.equal(at(shows({ passed: ['adds', 'b.test.js > b'] })).state.status, 'ready');
  });

  test('nothing that ran is not green', () => {
    assert.equal(verdict(play({ measure: measure({ baseline: exits(1), contract: shows({}) }) })), 'E_NOTHING_RAN');
  });

  test('ids that differ between the two runs of the base do not decide, and are named', () => {
    const flaky = ({ round, purpose }: GateRun): Shown => {
      if (purpose === 'baseline')
        return round === 1
          ? shows({ passed: ['adds', 'flaky'], failed: ['subtracts'] })
          : shows({ passed: ['adds'], failed: ['flaky', 'subtracts'] });
      return purpose === 'canary' ? CAUGHT : shows({ passed: ['adds', 'subtracts'], failed: ['flaky'] });
    };
    const run = play({ measure: flaky });
    assert.equal(run.state.status, 'ready');
    assert.ok(codes(run).includes('K_UNSTABLE_TESTS'));
  });

  test('a gate that is red only for such ids is no criterion', () => {
    const flaky = ({ round, purpose }: GateRun): Shown =>
      purpose === 'canary'
        ? CAUGHT
        : shows(
            round === 1 ? { passed: ['adds', 'one'], failed: ['two'] } : { passed: ['adds', 'two'], failed: ['one'] },
          );
    const run = play({ measure: flaky });
    assert.equal(run.state.status, 'blocked_on_human');
    assert.match(run.state.questions[0]?.question.text ?? '', /No gate that decides is red/);
  });

  test('a gate that is red once and green once is no criterion', () => {
    assert.equal(
      play({ ...gates(checkGate()), measure: ({ round }) => exits(round - 1) }).state.status,
      'blocked_on_human',
    );
  });

  const known = (lint: Shown, more: Partial<World> = {}, before: Shown = RED): Simulation =>
    play({
      ...gates(gateSpec(), gateSpec({ id: 'lint' })),
      options: { knownRed: ['lint'] },
      measure: (run, state) => {
        if (run.gate === 'test' || run.purpose === 'canary') return measure({})(run, state);
        return run.purpose === 'baseline' ? before : lint;
      },
      ...more,
    });

  test('a gate named known red stays out of the criteria, and is shown as red as before', () => {
    const run = known(RED);
    assert.equal(run.state.status, 'ready');
    assert.deepEqual(run.state.plan?.criteria.map(gateOf), ['test']);
    assert.ok(codes(run).includes('K_KNOWN_RED'));
  });

  test('a known red gate may bring no new failing id, and lose none', () => {
    assert.equal(known(shows({ passed: ['adds'], failed: ['subtracts', 'new'] })).state.status, 'not_ready');
    assert.equal(known(shows({ passed: ['subtracts'], failed: ['adds'] })).state.status, 'not_ready');
    assert.equal(known(shows({ failed: ['subtracts'] })).state.status, 'not_ready');
    assert.equal(known(shows({ passed: ['adds'] })).state.status, 'not_ready');
    assert.equal(known(GREEN).state.status, 'ready');
  });

  test('a known red gate whose report is gone is red in another way', () => {
    const gone: Shown = {
      outcome: { kind: 'exited', code: 1 },
      report: { kind: 'unreadable', reader: 'node-test', why: 'missing', detail: 'x' },
    };
    assert.equal(known(gone).state.status, 'not_ready');
    assert.equal(known({ ...gone, outcome: { kind: 'timed_out', afterMs: 1 } }).state.status, 'not_ready');
    // Where there was none at the base either, nothing is lost.
    assert.equal(known(gone, {}, gone).state.status, 'ready');
    assert.equal(
      known({ ...gone, outcome: { kind: 'signalled', signal: 'SIGSEGV' } }, {}, gone).state.status,
      'not_ready',
    );
  });

  test('a known red gate has its canary, and is run on the delivered tree', () => {
    const deaf = known(RED, {
      measure: (run, state) => {
        if (run.gate === 'lint') return run.purpose === 'canary' ? { ...GREEN, canary: CANARY } : RED;
        return measure({})(run, state);
      },
    });
    assert.equal(verdict(deaf, FIX, 1), 'E_CANARY_MISSED');
    const grown = {
      examine: (candidate: TreeId) => examinedOf(candidate, { contract: CONTRACT, extended: ['a.test.js'] }),
    };
    const worse = shows({ passed: ['adds'], failed: ['subtracts', 'new'] });
    const late = known(RED, {
      ...grown,
      measure: (run, state) => {
        if (run.gate === 'lint' && run.purpose !== 'canary') return run.tree === FIX ? worse : RED;
        return measure({})(run, state);
      },
    });
    assert.equal(late.state.status, 'not_ready');
    assert.equal(known(RED, grown).state.status, 'ready');
  });

  test('a gate whose tool is missing at the base is a broken machine, not work for an agent', () => {
    const at = (where: 'tool' | 'sandbox' | 'base_dependencies') => play({ measure: () => notStarted(where) }).state;
    assert.equal(at('tool').status, 'blocked_on_external');
    assert.equal(at('sandbox').status, 'failed_infra');
    assert.equal(at('base_dependencies').status, 'failed_infra');
    assert.equal(at('tool').ended?.failure?.code, 'GATE_NOT_STARTED');
    assert.equal(at('tool').attempts.length, 0);
  });

  test('that tool installed, a resume measures the base again', () => {
    let missing = true;
    const run = play({
      measure: (gate, state) => (missing ? notStarted('tool') : measure({})(gate, state)),
      whenStopped: (state) => {
        missing = false;
        return state.attempts.length === 0 ? 'resume' : 'leave';
      },
    });
    assert.equal(run.state.status, 'ready');
  });

  test('an optional gate that cannot run is in nobody’s way', () => {
    const run = play({
      ...gates(gateSpec(), gateSpec({ id: 'lint', required: false, reader: 'exit_only' })),
      measure: (gate, state) => (gate.gate === 'lint' ? notStarted('tool') : measure({})(gate, state)),
    });
    assert.equal(run.state.status, 'ready');
    assert.ok(codes(run).includes('K_OPTIONAL_GATE_RED'));
  });
});

suite('T3 evidence', () => {
  test('equal trees are judged once: a candidate that comes again is not measured again', () => {
    const run = play({ turn: leavesInTurn(OTHER, OTHER, OTHER, FIX), measure: measure({}, { [OTHER]: RED }) });
    assert.equal(run.state.status, 'ready');
    assert.deepEqual(
      run.state.measurements.filter((each) => each.tree === OTHER).map(({ purpose }) => purpose),
      ['contract', 'canary'],
    );
  });

  test('a candidate without test changes is run once and once with the canary', () => {
    assert.deepEqual(
      play().state.measurements.map(({ purpose, round }) => `${purpose} ${round}`),
      ['baseline 1', 'baseline 2', 'contract 1', 'canary 1'],
    );
  });

  test('a contract tree that is the base is known already', () => {
    const run = play({
      examine: (candidate) => examinedOf(candidate, { contract: BASE, contractChanges: TESTS_EDITED }),
      measure: measure({ candidate: GREEN }),
    });
    assert.ok(run.state.measurements.every(({ purpose }) => purpose !== 'contract'));
    assert.equal(run.state.status, 'blocked_on_human');
  });
});

suite('T4 counts', () => {
  const report = (report: Shown['report'], code = 0): string =>
    verdict(play({ measure: measure({ contract: { outcome: { kind: 'exited', code }, report } }) }));

  test('a report that is missing, invalid, or one of several is never green', () => {
    for (const [why, code] of [
      ['missing', 'E_NO_REPORT'],
      ['invalid', 'E_REPORT_INVALID'],
      ['several', 'E_REPORT_INVALID'],
    ] as const) {
      assert.equal(report({ kind: 'unreadable', reader: 'node-test', why, detail: 'x' }), code);
      assert.equal(report({ kind: 'unreadable', reader: 'node-test', why, detail: 'x' }, 1), 'E_EXIT');
    }
    assert.equal(report({ kind: 'exit_only' }), 'E_NO_REPORT');
  });

  test('exit 0 beside failed tests, and exit 1 beside none, are not green', () => {
    assert.equal(report(RED.report, 0), 'E_REPORT_CONTRADICTS');
    assert.equal(report(GREEN.report, 1), 'E_EXIT');
  });

  test('a gate that is ended, or that changes tracked files, is not green', () => {
    const shown = (more: Partial<Shown>): string =>
      verdict(play({ measure: measure({ contract: { ...GREEN, ...more } }) }));
    assert.equal(shown({ outcome: { kind: 'timed_out', afterMs: 5 } }), 'E_TIMEOUT');
    assert.equal(shown({ outcome: { kind: 'signalled', signal: 'SIGKILL' } }), 'E_SIGNAL');
    assert.equal(shown({ changed: ['src/a.js'] }), 'E_TREE_CHANGED');
  });

  const silent = (code: number): Shown => ({
    outcome: { kind: 'exited', code },
    report: { kind: 'unreadable', reader: 'node-test', why: 'missing', detail: 'no report' },
  });
  const lacking: Partial<World> = {
    dependencies: { layer: null, detail: 'there is no poetry.lock', lacking: true },
    measure: ({ tree: at }) => (at === BASE ? silent(1) : GREEN),
  };

  test('a person is asked before an agent is started for a runner that lacks what it needs', () => {
    const run = play(lacking);
    assert.equal(run.state.status, 'blocked_on_human');
    assert.deepEqual(run.state.attempts, []);
    assert.match(
      run.state.questions[0]?.question.text ?? '',
      /^Gate test cannot pass here, whatever an agent does: nothing is installed: there is no poetry\.lock/,
    );
  });

  test('what needs nothing, reports, or is accepted is not asked about', () => {
    const asked = (more: Partial<World>): readonly string[] =>
      play({ ...lacking, ...more }).state.questions.map(({ question }) => question.code);
    assert.deepEqual(asked({ dependencies: { layer: null, detail: 'none' } }), []);
    assert.deepEqual(asked({ measure: measure({}) }), []);
    const accepted = play({ ...lacking, answer: () => ({ kind: 'accept' }), whenStopped: resumes(1) });
    assert.ok(accepted.state.attempts.length > 0);
  });

  const bare = gates(gateSpec({ reader: 'exit_only', kind: 'test' }));
  const bareRun: Partial<World> = { ...bare, measure: ({ tree: at }) => exits(at === BASE ? 1 : 0) };

  test('the exit code of tests that cannot be counted satisfies nothing alone: a person is asked first', () => {
    const run = play(bareRun);
    assert.equal(run.state.status, 'blocked_on_human');
    assert.deepEqual(run.state.attempts, []);
    assert.match(
      run.state.questions[0]?.question.text ?? '',
      /only the exit code is known.*omk gates explain says what to write into \.omk\/gates\.toml/,
    );
  });

  test('it is enough where a person says so, or beside a check; the proof says that it is the exit code', () => {
    const accepted = play({ ...bareRun, answer: () => ({ kind: 'accept' }), whenStopped: resumes(1) });
    assert.equal(accepted.state.status, 'ready');
    assert.match(
      (accepted.state.ended?.gaps ?? []).find(({ code }) => code === 'K_EXIT_ONLY')?.text ?? '',
      /reader in \.omk\/gates\.toml/,
    );
    assert.equal(
      play({ ...bareRun, policy: policyOf(gateSpec({ reader: 'exit_only', kind: 'test' }), checkGate()) }).state.status,
      'ready',
    );
  });

  test('the same gate stays open as a criterion while nobody said so', () => {
    const { state } = play({ ...bareRun, answer: () => ({ kind: 'accept' }), whenStopped: resumes(1) });
    assert.equal(answerTo(state, 'no_criterion', 'goal')?.kind, 'accept');
    const unsaid = { ...state, questions: [] };
    assert.deepEqual(
      blocking(readiness(unsaid)).map(({ code, text }) => [code, /cannot be read/.test(text)]),
      [['G_CRITERION_OPEN', true]],
    );
  });

  test('a command is its exit code', () => {
    assert.equal(
      play({ ...gates(checkGate()), measure: ({ tree: at }) => exits(at === BASE ? 1 : 0) }).state.status,
      'ready',
    );
  });
});
