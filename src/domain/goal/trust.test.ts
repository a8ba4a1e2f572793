import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { TurnOutcome } from '../agents/agent.ts';
import type { GateRun } from '../gates/assess.ts';
import type { TreeId } from '../ids.ts';
import { BASE, checkGate, COMPLETED, examinedOf, exits, FIX, gateSpec, notStarted, policyOf, shows, snapshotOf, tree, type Shown } from '../testing/build.ts';
import { CANARY, gates, play } from '../testing/ready.ts';
import type { Simulation, World } from '../testing/simulate.ts';
import { assess } from '../gates/assess.ts';
import type { Canary } from '../gates/evidence.ts';
import { blocking, readiness } from './readiness.ts';
import { answerTo } from './state.ts';

const OTHER = tree('other');
const CONTRACT = tree('contract');
const TESTS_EDITED = [{ path: 'a.test.js', change: 'edited' }] as const;
const RED = shows({ passed: ['adds'], failed: ['subtracts'] });
const GREEN = shows({ passed: ['adds', 'subtracts'] });
const CAUGHT = shows({ passed: ['adds', 'subtracts'], failed: [CANARY.name] }, { canary: CANARY });

/** What a gate shows, by what is judged: the base is red and the canary caught unless said. */
const measure =
  (by: Partial<Record<GateRun['purpose'], Shown>>, on: Readonly<Record<TreeId, Shown>> = {}): World['measure'] =>
  (run) =>
    (run.purpose === 'canary' || run.purpose === 'baseline' ? null : on[run.tree]) ?? by[run.purpose] ?? { baseline: RED, contract: GREEN, candidate: GREEN, canary: CAUGHT }[run.purpose];

const leaves = (candidate: TreeId, outcome: TurnOutcome = COMPLETED): World['turn'] => () => ({ outcome, leaves: snapshotOf(candidate) });
/** Candidates of the turns one after the other, over all attempts; the last one stays. */
const leavesInTurn = (...candidates: readonly [TreeId, ...TreeId[]]): World['turn'] => {
  const seen = new Map<string, TreeId>();
  return (attempt, turn) => {
    const key = `${attempt}:${turn}`;
    const candidate = seen.get(key) ?? candidates[seen.size] ?? candidates.at(-1) ?? BASE;
    seen.set(key, candidate);
    return { outcome: COMPLETED, leaves: snapshotOf(candidate) };
  };
};
const resumes = (times: number): World['whenStopped'] => {
  let left = times;
  return () => (left-- > 0 ? 'resume' : 'leave');
};

const codes = ({ state }: Simulation): readonly string[] => [...new Set(readiness(state).map((gap) => gap.code))].sort();
const open = ({ state }: Simulation): readonly string[] => [...new Set(blocking(readiness(state)).map((gap) => gap.code))].sort();
const ends = ({ state }: Simulation): readonly (string | null)[] => state.attempts.map((attempt) => attempt.ended);
const verdict = ({ state }: Simulation, candidate: TreeId = FIX, at = 0) => {
  const gate = state.policy?.gates[at];
  assert.ok(gate);
  const assessment = assess(state, gate, candidate);
  return assessment.kind === 'judged' ? ('code' in assessment.verdict ? assessment.verdict.code : assessment.verdict.kind) : 'needs';
};

suite('T1 criteria', () => {
  test('a fix of what is red at the base ends ready', () => {
    const run = play();
    assert.equal(run.state.status, 'ready');
    assert.deepEqual(run.state.plan?.criteria.map(({ gate, kind }) => [gate, kind]), [['test', 'test']]);
    assert.deepEqual(codes(run), ['K_NO_HELD_OUT']);
  });

  test('an empty patch is no progress in each attempt and never ready', () => {
    const run = play({ turn: leaves(BASE) });
    assert.deepEqual(ends(run), ['no_progress', 'no_progress']);
    assert.equal(run.state.status, 'not_ready');
    assert.deepEqual(open(run), ['G_CRITERION_OPEN', 'G_EMPTY_PATCH', 'G_GATE_FAILED', 'G_NOT_INTEGRATED']);
    // Nothing is run for it: the base has been measured.
    assert.ok(run.state.measurements.every((each) => each.purpose === 'baseline'));
  });

  test('an empty patch of a green repository is ready only where that was asked for', () => {
    const world: Partial<World> = { turn: leaves(BASE), measure: measure({ baseline: GREEN }), answer: () => ({ kind: 'accept' }) };
    assert.equal(play({ ...world, whenStopped: resumes(1) }).state.status, 'not_ready');
    assert.equal(play({ ...world, whenStopped: resumes(1), options: { allowNoChange: true } }).state.status, 'ready');
  });

  test('a repository that is green at the base gets a question before an agent is started', () => {
    const run = play({ measure: measure({ baseline: GREEN }) });
    assert.equal(run.state.status, 'blocked_on_human');
    assert.deepEqual(run.state.attempts, []);
    assert.match(run.state.questions[0]?.question.text ?? '', /Every gate is green at the base/);
  });

  test('a check that is green at the base proves nothing and is refused', () => {
    const run = play({ ...gates(gateSpec({ id: 'lint', reader: 'exit_only', kind: 'command' }), checkGate()), measure: () => exits(0) });
    assert.equal(run.state.status, 'blocked_on_human');
    assert.deepEqual(run.state.refusedChecks, ['check-1']);
    assert.match(run.state.questions[0]?.question.text ?? '', /check-1 is not red at the base, so it proves nothing/);
  });

  test('an answer with checks is measured at the base, planned and worked on', () => {
    const run = play({
      measure: ({ gate, purpose, tree: at }) => (gate === 'check-1' ? exits(at === BASE ? 1 : 0) : purpose === 'canary' ? CAUGHT : GREEN),
      answer: () => ({ kind: 'checks', checks: ['./check-1'] }),
      checks: () => [checkGate('check-1')],
      whenStopped: resumes(1),
    });
    assert.equal(run.state.status, 'ready');
    assert.deepEqual(run.state.plan?.criteria.map(({ gate }) => gate), ['check-1']);
    const rounds = run.state.measurements.filter(({ gate, purpose }) => gate === 'check-1' && purpose === 'baseline').map(({ round }) => round);
    assert.deepEqual(rounds, [1, 2]);
  });

  test('an answer with a check that is green asks again', () => {
    const run = play({
      measure: measure({ baseline: GREEN }),
      answer: (question) => (question.id === 'q-criterion-1' ? { kind: 'checks', checks: ['true'] } : null),
      checks: () => [checkGate('check-1', { reader: 'node-test' })],
      whenStopped: resumes(1),
    });
    assert.equal(run.state.status, 'blocked_on_human');
    assert.deepEqual(run.state.questions.map(({ question }) => question.id), ['q-criterion-1', 'q-criterion-2']);
  });

  test('no required gate is a question too, and accepting it changes nothing', () => {
    const run = play({ ...gates(gateSpec({ required: false })), answer: () => ({ kind: 'accept' }), whenStopped: resumes(2) });
    assert.equal(run.state.status, 'blocked_on_human');
    assert.equal(run.state.attempts.length, 0);
    assert.match(run.state.questions.at(-1)?.question.text ?? '', /No gate judges this repository/);
    const answered = play({
      ...gates(),
      answer: () => ({ kind: 'checks', checks: ['./check-1'] }),
      checks: () => [checkGate('check-1')],
      measure: ({ tree: at }) => exits(at === BASE ? 1 : 0),
      whenStopped: resumes(1),
    });
    assert.equal(answered.state.status, 'ready');
  });

  test('a required gate that is switched off ends the goal before an agent is started', () => {
    const run = play(gates(gateSpec(), gateSpec({ id: 'lint', skip: true })));
    assert.equal(run.state.status, 'not_ready');
    assert.equal(run.state.ended?.failure?.code, 'GATE_SKIPPED');
    assert.deepEqual(run.state.attempts, []);
    assert.equal(play(gates(gateSpec(), gateSpec({ id: 'lint', skip: true, required: false }))).state.status, 'ready');
  });
});

suite('T2 baseline', () => {
  const cheat = (shown: Shown): Simulation => play({ measure: measure({ contract: shown }) });

  test('a test that was deleted, so that it is in no report, is missing', () => {
    const run = cheat(shows({ passed: ['subtracts'] }));
    assert.equal(run.state.status, 'not_ready');
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
    const broken = { outcome: { kind: 'exited', code: 1 }, report: { ...RED.report, tests: { passed: ['adds'], failed: [], skipped: [], broken: ['b.test.js'] } } } as Shown;
    const at = (contract: Shown): Simulation => play({ measure: measure({ baseline: broken, contract }) });
    assert.equal(verdict(at(shows({ passed: ['adds'] }))), 'E_MISSING_TESTS');
    assert.equal(at(shows({ passed: ['adds', 'b.test.js > b'] })).state.status, 'ready');
  });

  test('nothing that ran is not green', () => {
    assert.equal(verdict(play({ measure: measure({ baseline: exits(1), contract: shows({}) }) })), 'E_NOTHING_RAN');
  });

  test('ids that differ between the two runs of the base do not decide, and are named', () => {
    const flaky = ({ round, purpose }: GateRun): Shown => {
      if (purpose === 'baseline') return round === 1 ? shows({ passed: ['adds', 'flaky'], failed: ['subtracts'] }) : shows({ passed: ['adds'], failed: ['flaky', 'subtracts'] });
      return purpose === 'canary' ? CAUGHT : shows({ passed: ['adds', 'subtracts'], failed: ['flaky'] });
    };
    const run = play({ measure: flaky });
    assert.equal(run.state.status, 'ready');
    assert.ok(codes(run).includes('K_UNSTABLE_TESTS'));
  });

  test('a gate that is red only for such ids is no criterion', () => {
    const flaky = ({ round, purpose }: GateRun): Shown =>
      purpose === 'canary' ? CAUGHT : shows(round === 1 ? { passed: ['adds', 'one'], failed: ['two'] } : { passed: ['adds', 'two'], failed: ['one'] });
    const run = play({ measure: flaky });
    assert.equal(run.state.status, 'blocked_on_human');
    assert.match(run.state.questions[0]?.question.text ?? '', /No gate that decides is red/);
  });

  test('a gate that is red once and green once is no criterion', () => {
    assert.equal(play({ ...gates(checkGate()), measure: ({ round }) => exits(round - 1) }).state.status, 'blocked_on_human');
  });

  const known = (lint: Shown, more: Partial<World> = {}, before: Shown = RED): Simulation =>
    play({
      ...gates(gateSpec(), gateSpec({ id: 'lint' })),
      options: { knownRed: ['lint'] },
      measure: (run, state) =>
        run.gate === 'test' || run.purpose === 'canary' ? measure({})(run, state) : run.purpose === 'baseline' ? before : lint,
      ...more,
    });

  test('a gate named known red stays out of the criteria, and is shown as red as before', () => {
    const run = known(RED);
    assert.equal(run.state.status, 'ready');
    assert.deepEqual(run.state.plan?.criteria.map(({ gate }) => gate), ['test']);
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
    const gone: Shown = { outcome: { kind: 'exited', code: 1 }, report: { kind: 'unreadable', reader: 'node-test', why: 'missing', detail: 'x' } };
    assert.equal(known(gone).state.status, 'not_ready');
    assert.equal(known({ ...gone, outcome: { kind: 'timed_out', afterMs: 1 } }).state.status, 'not_ready');
    // Where there was none at the base either, nothing is lost.
    assert.equal(known(gone, {}, gone).state.status, 'ready');
    assert.equal(known({ ...gone, outcome: { kind: 'signalled', signal: 'SIGSEGV' } }, {}, gone).state.status, 'not_ready');
  });

  test('a known red gate has its canary, and is run on the delivered tree', () => {
    const deaf = known(RED, {
      measure: (run, state) => (run.gate === 'lint' ? (run.purpose === 'canary' ? { ...GREEN, canary: CANARY } : RED) : measure({})(run, state)),
    });
    assert.equal(verdict(deaf, FIX, 1), 'E_CANARY_MISSED');
    const grown = { examine: (candidate: TreeId) => examinedOf(candidate, { contract: CONTRACT, extended: ['a.test.js'] }) };
    const worse = shows({ passed: ['adds'], failed: ['subtracts', 'new'] });
    const late = known(RED, {
      ...grown,
      measure: (run, state) => (run.gate === 'lint' && run.purpose !== 'canary' ? (run.tree === FIX ? worse : RED) : measure({})(run, state)),
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
    assert.equal(run.state.measurements.filter((each) => each.tree === OTHER).length, 1);
  });

  test('a candidate without test changes is run once and once with the canary', () => {
    assert.deepEqual(play().state.measurements.map(({ purpose, round }) => `${purpose} ${round}`), ['baseline 1', 'baseline 2', 'contract 1', 'canary 1']);
  });

  test('a contract tree that is the base is known already', () => {
    const run = play({ examine: (candidate) => examinedOf(candidate, { contract: BASE, contractChanges: TESTS_EDITED }), measure: measure({ candidate: GREEN }) });
    assert.ok(run.state.measurements.every(({ purpose }) => purpose !== 'contract'));
    assert.equal(run.state.status, 'blocked_on_human');
  });
});

suite('T4 counts', () => {
  const report = (report: Shown['report'], code = 0): string => verdict(play({ measure: measure({ contract: { outcome: { kind: 'exited', code }, report } }) }));

  test('a report that is missing, invalid, or one of several is never green', () => {
    for (const [why, code] of [['missing', 'E_NO_REPORT'], ['invalid', 'E_REPORT_INVALID'], ['several', 'E_REPORT_INVALID']] as const) {
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
    const shown = (more: Partial<Shown>): string => verdict(play({ measure: measure({ contract: { ...GREEN, ...more } }) }));
    assert.equal(shown({ outcome: { kind: 'timed_out', afterMs: 5 } }), 'E_TIMEOUT');
    assert.equal(shown({ outcome: { kind: 'signalled', signal: 'SIGKILL' } }), 'E_SIGNAL');
    assert.equal(shown({ changed: ['src/a.js'] }), 'E_TREE_CHANGED');
  });

  const bare = gates(gateSpec({ reader: 'exit_only', kind: 'test' }));
  const bareRun: Partial<World> = { ...bare, measure: ({ tree: at }) => exits(at === BASE ? 1 : 0) };

  test('the exit code of tests that cannot be counted satisfies nothing alone: a person is asked first', () => {
    const run = play(bareRun);
    assert.equal(run.state.status, 'blocked_on_human');
    assert.deepEqual(run.state.attempts, []);
    assert.match(run.state.questions[0]?.question.text ?? '', /only the exit code is known/);
  });

  test('it is enough where a person says so, or beside a check; the proof says that it is the exit code', () => {
    const accepted = play({ ...bareRun, answer: () => ({ kind: 'accept' }), whenStopped: resumes(1) });
    assert.equal(accepted.state.status, 'ready');
    assert.ok(codes(accepted).includes('K_EXIT_ONLY'));
    assert.equal(play({ ...bareRun, policy: policyOf(gateSpec({ reader: 'exit_only', kind: 'test' }), checkGate()) }).state.status, 'ready');
  });

  test('the same gate stays open as a criterion while nobody said so', () => {
    const { state } = play({ ...bareRun, answer: () => ({ kind: 'accept' }), whenStopped: resumes(1) });
    assert.equal(answerTo(state, 'no_criterion', 'goal')?.kind, 'accept');
    const unsaid = { ...state, questions: [] };
    assert.deepEqual(blocking(readiness(unsaid)).map(({ code, text }) => [code, /cannot be read/.test(text)]), [['G_CRITERION_OPEN', true]]);
  });

  test('a command is its exit code', () => {
    assert.equal(play({ ...gates(checkGate()), measure: ({ tree: at }) => exits(at === BASE ? 1 : 0) }).state.status, 'ready');
  });
});

suite('T5 canary', () => {
  const canary = (shown: Shown): Simulation => play({ measure: measure({ canary: shown }) });

  test('a canary that is not reported as failed makes the gate unmeasured', () => {
    for (const shown of [{ ...GREEN, canary: CANARY }, { ...exits(1), canary: CANARY }, { ...CAUGHT, outcome: { kind: 'exited', code: 0 } as const }]) {
      const run = canary(shown);
      assert.equal(run.state.status, 'not_ready');
      assert.equal(verdict(run), 'E_CANARY_MISSED');
    }
  });

  test('another failed test is not the canary', () => {
    assert.equal(verdict(canary(shows({ failed: ['subtracts'] }, { canary: CANARY }))), 'E_CANARY_MISSED');
  });

  test('a file that counts and does not report its own canary gives itself away', () => {
    const two = { ...CANARY, files: ['a.test.js', 'b.test.js'] };
    const seen = (failed: readonly string[]): Simulation =>
      play({
        measure: measure({
          baseline: shows({ passed: ['a.test.js > adds'], failed: ['b.test.js > subtracts'] }),
          contract: shows({ passed: ['a.test.js > adds', 'b.test.js > subtracts'] }),
          canary: shows({ failed }, { canary: two }),
        }),
      });
    assert.equal(verdict(seen([`a.test.js > ${CANARY.name}`])), 'E_CANARY_MISSED');
    assert.equal(seen([`a.test.js > ${CANARY.name}`, `b.test.js > ${CANARY.name}`]).state.status, 'ready');
  });

  test('each name in each file that counts is to be reported as failed, and none as passed', () => {
    const many = { ...CANARY, names: [CANARY.name, 'omk canary 2e'], files: ['a.test.js', 'b.test.js'] };
    const all = many.files.flatMap((file) => many.names.map((name) => `${file} > ${name}`));
    const seen = (failed: readonly string[], passed: readonly string[] = [], at: Canary = many): Simulation =>
      play({
        measure: measure({
          baseline: shows({ passed: ['a.test.js > adds'], failed: ['b.test.js > subtracts'] }),
          contract: shows({ passed: ['a.test.js > adds', 'b.test.js > subtracts'] }),
          canary: shows({ failed, passed }, { canary: at }),
        }),
      });
    assert.equal(seen(all).state.status, 'ready');
    for (const id of all) assert.equal(verdict(seen(all.filter((other) => other !== id))), 'E_CANARY_MISSED', id);
    assert.equal(verdict(seen(all, ['c.test.js > omk canary 2e'])), 'E_CANARY_MISSED');
    assert.equal(verdict(seen(['a.test.js > omk canary 2e', 'b.test.js > omk canary 2e'], [], { ...many, names: [] })), 'E_CANARY_MISSED');
  });

  test('where ids have no file, each name is to be reported as failed once', () => {
    const many = { ...CANARY, file: 'a_test.go', names: [CANARY.name, 'omk canary 2e'] };
    const seen = (failed: readonly string[], passed: readonly string[] = []): Simulation =>
      play({ measure: measure({ canary: shows({ failed, passed: ['adds', 'subtracts', ...passed] }, { canary: many }) }) });
    const all = many.names.map((name) => `m/${name}`);
    assert.equal(seen(all).state.status, 'ready');
    for (const id of all) assert.equal(verdict(seen(all.filter((other) => other !== id))), 'E_CANARY_MISSED', id);
    assert.equal(verdict(seen(all, [`other/${CANARY.name}`])), 'E_CANARY_MISSED');
  });

  test('where none can be planted the proof says so', () => {
    const run = canary(notStarted('tool'));
    assert.equal(run.state.status, 'ready');
    assert.ok(codes(run).includes('K_NO_CANARY'));
  });

  test('a canary run without a canary, or that did not start for another reason, is not "none"', () => {
    assert.equal(verdict(canary(GREEN)), 'E_CANARY_MISSED');
    assert.equal(verdict(canary(notStarted('candidate_dependencies'))), 'E_CANARY_MISSED');
    assert.equal(verdict(canary({ ...notStarted('tool'), canary: CANARY })), 'E_CANARY_MISSED');
  });

  test('a sandbox that fails under it is a broken machine, and the candidate is kept for a resume', () => {
    let broken = true;
    const run = play({
      measure: (gate, state) => (gate.purpose === 'canary' && broken ? notStarted('sandbox') : measure({})(gate, state)),
      whenStopped: (state) => {
        assert.equal(state.status, 'failed_infra');
        assert.equal(state.attempts[0]?.ended, null);
        broken = false;
        return 'resume';
      },
    });
    assert.equal(run.state.status, 'ready');
    assert.equal(run.state.attempts.length, 1);
  });
});

suite('T6 overlay', () => {
  const edited = (candidate: TreeId): ReturnType<World['examine']> => examinedOf(candidate, { contract: CONTRACT, contractChanges: TESTS_EDITED });
  /** Green with the candidate's own tests only. */
  const weakened: Partial<World> = { examine: edited, measure: measure({}, { [CONTRACT]: RED }) };
  /** Green with both: an honest edit. */
  const honest: Partial<World> = { examine: edited };

  test('a weakened test is caught by the base’s, and the question comes when all attempts are spent', () => {
    const run = play(weakened);
    assert.equal(verdict(run), 'E_CONTRACT_CHANGED');
    assert.equal(run.state.status, 'blocked_on_human');
    assert.equal(run.state.attempts.length, 2);
    assert.deepEqual(run.state.questions.map(({ question }) => question.code), ['contract_changed']);
  });

  test('a candidate that is red with its own tests too is only red', () => {
    const run = play({ examine: edited, measure: measure({ contract: RED, candidate: RED }) });
    assert.equal(verdict(run), 'E_TESTS_FAILED');
    assert.equal(run.state.status, 'not_ready');
    assert.deepEqual(run.state.questions, []);
  });

  test('an honest edit of tests is asked about at once, and accepted it ends ready with that said', () => {
    const run = play({ ...honest, answer: () => ({ kind: 'accept' }), whenStopped: resumes(1) });
    assert.equal(run.state.status, 'ready');
    assert.equal(run.state.attempts.length, 1);
    assert.ok(codes(run).includes('K_CONTRACT_ACCEPTED'));
  });

  test('accepted tests are asked for a canary of their own', () => {
    const run = play({ ...weakened, answer: () => ({ kind: 'accept' }), whenStopped: resumes(1) });
    assert.equal(run.state.status, 'ready');
    assert.ok(run.state.measurements.some((each) => each.purpose === 'canary' && each.tree === FIX));
  });

  test('refused, the agent goes on in the same attempt and hears of it', () => {
    const run = play({ ...honest, turn: leavesInTurn(FIX, OTHER), examine: (candidate) => (candidate === FIX ? edited(FIX) : examinedOf(candidate)), answer: () => ({ kind: 'reject', note: 'keep the tests' }), whenStopped: resumes(1) });
    assert.equal(run.state.status, 'ready');
    assert.deepEqual(ends(run), ['accepted']);
    assert.equal(run.state.attempts[0]?.turns.length, 2);
    assert.ok(run.answers.flat().some((intent) => intent.kind === 'run_turn' && intent.turn === 2 && intent.reason === 'feedback'));
  });

  test('refused and done again, it is no progress and ends not ready, without the same question twice', () => {
    const run = play({ ...honest, answer: () => ({ kind: 'reject', note: '' }), whenStopped: resumes(1) });
    assert.equal(run.state.status, 'not_ready');
    assert.equal(run.state.questions.length, 1);
    assert.deepEqual(open(run), ['G_CONTRACT_CHANGED', 'G_NOT_INTEGRATED']);
  });

  test('tests that only grew need no person, and must pass as delivered', () => {
    const grown: Partial<World> = { examine: (candidate) => examinedOf(candidate, { contract: CONTRACT, extended: ['a.test.js'] }) };
    const run = play(grown);
    assert.equal(run.state.status, 'ready');
    assert.ok(codes(run).includes('K_TESTS_EXTENDED'));
    const red = play({ ...grown, measure: measure({}, { [FIX]: shows({ passed: ['adds', 'subtracts'], failed: ['new'] }) }) });
    assert.equal(verdict(red), 'E_TESTS_FAILED');
    const lost = play({ ...grown, measure: measure({}, { [FIX]: shows({ passed: ['subtracts', 'new'] }) }) });
    assert.equal(verdict(lost), 'E_MISSING_TESTS');
  });
});

suite('T7 policy', () => {
  const touched: Partial<World> = { examine: (candidate) => examinedOf(candidate, { contract: CONTRACT, policyPaths: ['.omk/gates.toml'] }) };

  test('a candidate that touches .omk/ is a question, whatever its gates say', () => {
    const run = play(touched);
    assert.equal(run.state.status, 'blocked_on_human');
    assert.deepEqual(open(run), ['G_NOT_INTEGRATED', 'G_OPEN_QUESTION', 'G_POLICY_TOUCHED']);
    assert.match(run.state.questions[0]?.question.text ?? '', /\.omk\/gates\.toml/);
  });

  test('named by a person it ends ready; refused, never', () => {
    assert.equal(play({ ...touched, answer: () => ({ kind: 'accept' }), whenStopped: resumes(1) }).state.status, 'ready');
    assert.equal(play({ ...touched, answer: () => ({ kind: 'reject', note: '' }), whenStopped: resumes(1) }).state.status, 'not_ready');
  });

  test('tests and policy changed together are two questions', () => {
    const both: Partial<World> = { examine: (candidate) => examinedOf(candidate, { contract: CONTRACT, policyPaths: ['.omk/x'], contractChanges: TESTS_EDITED }) };
    const run = play({ ...both, answer: () => ({ kind: 'accept' }), whenStopped: resumes(2) });
    assert.deepEqual(run.state.questions.map(({ question }) => question.code), ['policy_touched', 'contract_changed']);
    assert.equal(run.state.status, 'ready');
    assert.equal(play({ ...both, answer: ({ code }) => (code === 'policy_touched' ? { kind: 'accept' } : { kind: 'reject', note: '' }), whenStopped: resumes(2) }).state.status, 'not_ready');
  });
});
