import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Canary } from '../gates/evidence.ts';
import type { TreeId } from '../ids.ts';
import { BASE, examinedOf, exits, FIX, gateSpec, notStarted, policyOf, shows, type Shown } from '../testing/build.ts';
import { CANARY, play } from '../testing/ready.ts';
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
  open,
  ends,
  verdict,
} from '../testing/trust.ts';

suite('T5 canary', () => {
  const canary = (shown: Shown): Simulation => play({ measure: measure({ canary: shown }) });

  test('a canary that is not reported as failed makes the gate unmeasured', () => {
    for (const shown of [
      { ...GREEN, canary: CANARY },
      { ...exits(1), canary: CANARY },
      { ...CAUGHT, outcome: { kind: 'exited', code: 0 } as const },
    ]) {
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
    assert.equal(
      verdict(seen(['a.test.js > omk canary 2e', 'b.test.js > omk canary 2e'], [], { ...many, names: [] })),
      'E_CANARY_MISSED',
    );
  });

  test('where ids have no file, each name is to be reported as failed once', () => {
    const many = { ...CANARY, file: 'a_test.go', names: [CANARY.name, 'omk canary 2e'] };
    const seen = (failed: readonly string[], passed: readonly string[] = []): Simulation =>
      play({
        measure: measure({ canary: shows({ failed, passed: ['adds', 'subtracts', ...passed] }, { canary: many }) }),
      });
    const all = many.names.map((name) => `m/${name}`);
    assert.equal(seen(all).state.status, 'ready');
    for (const id of all) assert.equal(verdict(seen(all.filter((other) => other !== id))), 'E_CANARY_MISSED', id);
    assert.equal(verdict(seen(all, [`other/${CANARY.name}`])), 'E_CANARY_MISSED');
  });

  suite('on the base first', () => {
    const options = { canaryOnBase: true };
    const MISSED: Shown = { ...exits(1), canary: CANARY };
    /** What the canary shows on the candidate and on the base. */
    const tried = (here: Shown, there: Shown, more: Parameters<typeof measure>[0] = {}): Simulation =>
      play({
        options,
        measure: (run, state) => {
          if (run.purpose === 'canary') return run.tree === BASE ? there : here;
          return measure(more)(run, state);
        },
      });
    const onBase = ({ done }: Simulation): number =>
      done.filter(
        ({ intent }) => intent.kind === 'run_gate' && intent.run.purpose === 'canary' && intent.run.tree === BASE,
      ).length;

    test('one that is caught needs no run on the base', () => {
      const run = tried(CAUGHT, MISSED);
      assert.equal(run.state.status, 'ready');
      assert.equal(onBase(run), 0);
    });

    test('one that fails there and not on the candidate is missed', () => {
      for (const shown of [MISSED, { ...GREEN, canary: CANARY }])
        assert.equal(verdict(tried(shown, CAUGHT)), 'E_CANARY_MISSED');
    });

    test('one that does not fail there either is no canary, which the proof says, and nobody is accused', () => {
      for (const there of [MISSED, { ...GREEN, canary: CANARY }, notStarted('tool')]) {
        const run = tried(MISSED, there);
        assert.equal(run.state.status, 'ready');
        assert.ok(codes(run).includes('K_NO_CANARY'));
        assert.equal(onBase(run), 1);
      }
    });

    test('what fails beside one that is no canary counts for nothing', () => {
      const beside = shows({ passed: ['adds'], failed: ['subtracts'] }, { canary: CANARY });
      const run = play({
        options,
        policy: policyOf(gateSpec({ retries: 1 })),
        measure: (asked, state) => (asked.purpose === 'canary' ? beside : measure({})(asked, state)),
      });
      assert.equal(run.state.status, 'ready');
      assert.ok(codes(run).includes('K_NO_CANARY'));
    });

    test('a base that reports no tests cannot show it', () => {
      assert.equal(verdict(tried(MISSED, MISSED, { baseline: exits(1) })), 'E_CANARY_MISSED');
    });

    test('a sandbox that does not start on the base shows nothing', () => {
      assert.equal(verdict(tried(MISSED, notStarted('sandbox'))), 'E_CANARY_MISSED');
    });

    test('files that are silent there are left out, others are not', () => {
      const two = { ...CANARY, files: ['a.test.js', 'b.test.js'] };
      const shown = (...files: readonly string[]): Shown =>
        shows({ failed: files.map((file) => `${file} > ${CANARY.name}`) }, { canary: two });
      const by = {
        baseline: shows({ passed: ['a.test.js > adds'], failed: ['b.test.js > subtracts'] }),
        contract: shows({ passed: ['a.test.js > adds', 'b.test.js > subtracts'] }),
      };
      assert.equal(tried(shown('a.test.js'), shown('a.test.js'), by).state.status, 'ready');
      assert.equal(verdict(tried(shown('b.test.js'), shown('a.test.js'), by)), 'E_CANARY_MISSED');
    });
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
      measure: (gate, state) =>
        gate.purpose === 'canary' && broken ? notStarted('sandbox') : measure({})(gate, state),
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
  const edited = (candidate: TreeId): ReturnType<World['examine']> =>
    examinedOf(candidate, { contract: CONTRACT, contractChanges: TESTS_EDITED });
  /** Green with the candidate's own tests only. */
  const weakened: Partial<World> = { examine: edited, measure: measure({}, { [CONTRACT]: RED }) };
  /** Green with both: an honest edit. */
  const honest: Partial<World> = { examine: edited };

  test('a weakened test is caught by the base’s, and the question comes when all attempts are spent', () => {
    const run = play(weakened);
    assert.equal(verdict(run), 'E_CONTRACT_CHANGED');
    assert.equal(run.state.status, 'blocked_on_human');
    assert.equal(run.state.attempts.length, 2);
    assert.deepEqual(
      run.state.questions.map(({ question }) => question.code),
      ['contract_changed'],
    );
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
    const run = play({
      ...honest,
      turn: leavesInTurn(FIX, OTHER),
      examine: (candidate) => (candidate === FIX ? edited(FIX) : examinedOf(candidate)),
      answer: () => ({ kind: 'reject', note: 'keep the tests' }),
      whenStopped: resumes(1),
    });
    assert.equal(run.state.status, 'ready');
    assert.deepEqual(ends(run), ['accepted']);
    assert.equal(run.state.attempts[0]?.turns.length, 2);
    assert.ok(
      run.answers
        .flat()
        .some((intent) => intent.kind === 'run_turn' && intent.turn === 2 && intent.reason === 'feedback'),
    );
  });

  test('refused and done again, it is no progress and ends not ready, without the same question twice', () => {
    const run = play({ ...honest, answer: () => ({ kind: 'reject', note: '' }), whenStopped: resumes(1) });
    assert.equal(run.state.status, 'not_ready');
    assert.equal(run.state.questions.length, 1);
    assert.deepEqual(open(run), ['G_CONTRACT_CHANGED', 'G_NOT_INTEGRATED']);
  });

  test('tests that only grew need no person, and must pass as delivered', () => {
    const grown: Partial<World> = {
      examine: (candidate) => examinedOf(candidate, { contract: CONTRACT, extended: ['a.test.js'] }),
    };
    const run = play(grown);
    assert.equal(run.state.status, 'ready');
    assert.ok(codes(run).includes('K_TESTS_EXTENDED'));
    const red = play({
      ...grown,
      measure: measure({}, { [FIX]: shows({ passed: ['adds', 'subtracts'], failed: ['new'] }) }),
    });
    assert.equal(verdict(red), 'E_TESTS_FAILED');
    const lost = play({ ...grown, measure: measure({}, { [FIX]: shows({ passed: ['subtracts', 'new'] }) }) });
    assert.equal(verdict(lost), 'E_MISSING_TESTS');
  });
});

suite('T7 policy', () => {
  const touched: Partial<World> = {
    examine: (candidate) => examinedOf(candidate, { contract: CONTRACT, policyPaths: ['.omk/gates.toml'] }),
  };

  test('a candidate that touches .omk/ is a question, whatever its gates say', () => {
    const run = play(touched);
    assert.equal(run.state.status, 'blocked_on_human');
    assert.deepEqual(open(run), ['G_NOT_INTEGRATED', 'G_OPEN_QUESTION', 'G_POLICY_TOUCHED']);
    assert.match(run.state.questions[0]?.question.text ?? '', /\.omk\/gates\.toml/);
  });

  test('named by a person it ends ready; refused, never', () => {
    assert.equal(
      play({ ...touched, answer: () => ({ kind: 'accept' }), whenStopped: resumes(1) }).state.status,
      'ready',
    );
    assert.equal(
      play({ ...touched, answer: () => ({ kind: 'reject', note: '' }), whenStopped: resumes(1) }).state.status,
      'not_ready',
    );
  });

  test('tests and policy changed together are two questions', () => {
    const both: Partial<World> = {
      examine: (candidate) =>
        examinedOf(candidate, { contract: CONTRACT, policyPaths: ['.omk/x'], contractChanges: TESTS_EDITED }),
    };
    const run = play({ ...both, answer: () => ({ kind: 'accept' }), whenStopped: resumes(2) });
    assert.deepEqual(
      run.state.questions.map(({ question }) => question.code),
      ['policy_touched', 'contract_changed'],
    );
    assert.equal(run.state.status, 'ready');
    assert.equal(
      play({
        ...both,
        answer: ({ code }) => (code === 'policy_touched' ? { kind: 'accept' } : { kind: 'reject', note: '' }),
        whenStopped: resumes(2),
      }).state.status,
      'not_ready',
    );
  });
});
