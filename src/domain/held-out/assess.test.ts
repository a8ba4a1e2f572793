import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { composeFreshPrompt, composePrompt } from '../prompt/compose.ts';
import { admits } from '../transition/admit.ts';
import { fold } from '../transition/evolve.ts';
import { blocking, readiness } from '../judge/readiness.ts';
import { examinedOf, FIX, gateSpec, notStarted, policyOf, shows, tree, type Shown } from '../testing/build.ts';
import {
  CARRIES,
  HELD_CANARY,
  HELD_CAUGHT,
  HELD_GREEN,
  HELD_RED,
  HIDDEN,
  ORACLE,
  withHeldOut,
} from '../testing/held-out.ts';
import { CANARY, play } from '../testing/ready.ts';
import { CONTRACT, GREEN, TESTS_EDITED } from '../testing/trust.ts';

const runs = (by: ReturnType<typeof play>): readonly string[] =>
  by.state.measurements.map(({ purpose, round, over }) => `${purpose} ${round}${over ? ' laid' : ''}`);
const status = (more: Parameters<typeof withHeldOut>[0], limits = { maxAttempts: 1, maxTurns: 2 }) =>
  play(withHeldOut({ ...more, options: limits })).state.status;
const failure = (more: Parameters<typeof withHeldOut>[0]) => {
  const { state } = play(withHeldOut(more));
  return [state.status, state.ended?.failure?.code, state.attempts.length, state.ended?.failure?.text ?? ''] as const;
};

suite('held-out checks', () => {
  test('run on the base before an agent does, on the candidate when all else is shown, and are revealed before the end', () => {
    const { events, state } = play(withHeldOut());
    assert.equal(state.status, 'ready');
    assert.deepEqual(runs({ ...play(withHeldOut()) }), [
      'baseline 1',
      'baseline 2',
      'oracle 1 laid',
      'oracle 2 laid',
      'contract 1',
      'canary 1',
      'held_out 1 laid',
      'canary 1 laid',
    ]);
    const order = events.map(({ type }) => type);
    assert.ok(
      order.indexOf('attempt.started') >
        events.findIndex((event) => event.type === 'gate.measured' && event.data.purpose === 'oracle'),
    );
    assert.deepEqual(order.slice(-3), ['goal.integrated', 'held_out.revealed', 'goal.ended']);
    assert.ok(!readiness(state).some(({ code }) => code === 'K_NO_HELD_OUT'));
    assert.ok(readiness(play().state).some(({ code }) => code === 'K_NO_HELD_OUT'));
  });

  test('run with their canary beside them, after all else', () => {
    const ofKind = (options: object): readonly string[] =>
      play(withHeldOut({ options })).answers.flatMap((intents) => {
        const wanted = intents.flatMap((intent) => (intent.kind === 'run_gate' ? [intent.run] : []));
        return wanted.some(({ purpose }) => purpose === 'held_out')
          ? [wanted.map(({ purpose }) => purpose).join(' ')]
          : [];
      });
    assert.deepEqual(ofKind({ ahead: true }), ['held_out canary']);
    assert.deepEqual(ofKind({}), ['held_out'], 'in logs of before one after the other');
  });

  test('that do not pass on the candidate keep it from ready, and the agent is told how many and nothing else', () => {
    const { state, done } = play(withHeldOut({ heldOut: HELD_RED, options: { maxAttempts: 2, maxTurns: 2 } }));
    assert.equal(state.status, 'not_ready');
    assert.deepEqual(
      blocking(readiness(state))
        .map(({ code }) => code)
        .filter((code) => code.startsWith('G_HELD')),
      ['G_HELD_OUT'],
    );
    const told = done
      .filter(({ intent }) => intent.kind === 'run_turn' || intent.kind === 'start_attempt')
      .flatMap(({ state: at }) =>
        (['first', 'feedback', 'continue'] as const).flatMap((reason) => [
          composePrompt(at, reason),
          composeFreshPrompt(at, reason),
        ]),
      );
    assert.ok(told.some((text) => /hidden checks do not pass \(1\)/.test(text)));
    for (const text of told) assert.ok(!/hidden\.test|carries|\/hidden/.test(text), text);
  });

  const IDLE: Readonly<Record<string, Shown>> = {
    'pass on the base': shows({ passed: ['adds', CARRIES], failed: ['subtracts'] }),
    'are not run there': shows({ passed: ['adds'], failed: ['subtracts'] }),
    'are skipped there': shows({ passed: ['adds'], failed: ['subtracts'], skipped: [CARRIES] }),
    'have no report there': {
      ...ORACLE,
      report: { kind: 'unreadable', reader: 'node-test', why: 'missing', detail: 'x' },
    },
    'fail in a report of a run that is green': { ...ORACLE, outcome: { kind: 'exited', code: 0 } },
  };
  for (const [what, oracle] of Object.entries(IDLE))
    test(`that ${what} are refused before an agent starts`, () => {
      const [end, code, attempts, text] = failure({ oracle });
      assert.deepEqual([end, code, attempts], ['blocked_on_human', 'HELD_OUT_PROVES_NOTHING', 0]);
      assert.match(text, /on the base/);
    });

  test('that stop a gate before it reports a test are not said to pass', () => {
    const silent: Shown = {
      ...ORACLE,
      report: { kind: 'unreadable', reader: 'node-test', why: 'missing', detail: 'x' },
    };
    assert.match(
      failure({ oracle: silent })[3],
      /^with the held-out checks on the base, gate test fails and reports no test/,
    );
    assert.match(
      failure({ oracle: { ...silent, outcome: { kind: 'exited', code: 0 } } })[3],
      /did not fail on the base/,
    );
  });

  test('each have to fail; data and helpers beside them do not', () => {
    assert.match(failure({ held: { paths: [HIDDEN, 'test/idle.test.js'] } })[3], /test\/idle\.test\.js$/);
    assert.match(
      failure({
        held: { paths: [HIDDEN, 'test/sums.js'] },
        oracle: shows({ passed: ['adds', 'test/sums.js > x'], failed: ['subtracts', CARRIES] }),
      })[3],
      /test\/sums\.js$/,
    );
    assert.equal(status({ held: { paths: [HIDDEN, 'test/helper.js', 'test/data.json'] } }), 'ready');
    assert.equal(
      failure({ held: { paths: ['test/data.json'] }, oracle: shows({ passed: ['adds'], failed: ['subtracts'] }) })[1],
      'HELD_OUT_PROVES_NOTHING',
    );
  });

  test('may fail on a wrong solution in the place of the base', () => {
    const wrong = tree('wrong');
    const { state } = play(withHeldOut({ held: { oracle: wrong } }));
    assert.equal(state.status, 'ready');
    assert.deepEqual(
      state.measurements.filter(({ purpose }) => purpose === 'oracle').map(({ over }) => over),
      [wrong, wrong],
    );
    assert.match(failure({ held: { oracle: wrong }, oracle: GREEN })[3], /on the wrong solution/);
  });

  test('that a sandbox which does not start kept from running cost no turn', () => {
    assert.deepEqual(failure({ oracle: notStarted('sandbox') }).slice(0, 3), ['failed_infra', 'GATE_NOT_STARTED', 0]);
    const { state } = play(withHeldOut({ heldOut: notStarted('sandbox') }));
    assert.deepEqual([state.status, state.attempts[0]?.turns.length], ['failed_infra', 1]);
  });

  test('do not stand in the way of a question about changed tests, and run after the answer', () => {
    let resumes = 1;
    const { events, state } = play({
      ...withHeldOut(),
      examine: (candidate) => examinedOf(candidate, { contract: CONTRACT, contractChanges: TESTS_EDITED }),
      answer: () => ({ kind: 'accept' }),
      whenStopped: () => (resumes-- > 0 ? 'resume' : 'leave'),
    });
    assert.equal(state.status, 'ready');
    const at = (find: (event: (typeof events)[number]) => boolean): number => events.findIndex(find);
    assert.ok(
      at(({ type }) => type === 'question.answered') <
        at((event) => event.type === 'gate.measured' && event.data.purpose === 'held_out'),
    );
    assert.equal(state.measurements.findLast(({ purpose }) => purpose === 'held_out')?.over, FIX);
  });

  test('do not count in a gate of which failures are excused', () => {
    const world = withHeldOut();
    const both = {
      ...world,
      policy: policyOf(gateSpec(), gateSpec({ id: 'old' })),
      options: { ...world.options, knownRed: ['old'] },
    };
    assert.deepEqual(
      [
        ...new Set(
          play(both)
            .state.measurements.filter(({ over }) => over)
            .map(({ gate }) => gate),
        ),
      ],
      ['test'],
    );
  });

  test('once revealed let no agent work again', () => {
    const { events } = play(withHeldOut());
    const at = events.findIndex(({ type }) => type === 'held_out.revealed') + 1;
    const state = fold(events.slice(0, at));
    assert.match(
      admits(state, { type: 'attempt.started', data: { attempt: 2, task: 't1', worktree: '/w' } }) ?? '',
      /open|revealed/,
    );
    const ended = fold([{ type: 'attempt.ended', data: { attempt: 1, why: 'accepted' } }], state);
    assert.match(
      admits(ended, { type: 'attempt.started', data: { attempt: 2, task: 't1', worktree: '/w' } }) ?? '',
      /revealed/,
    );
    assert.equal(
      admits(fold(events.slice(0, at - 1)), { type: 'held_out.revealed', data: { nonce: 'n', files: [], wrong: [] } }),
      null,
    );
    assert.match(
      admits(fold(events.slice(0, at - 2)), {
        type: 'held_out.revealed',
        data: { nonce: 'n', files: [], wrong: [] },
      }) ?? '',
      /nothing/,
    );
  });
});

suite('a candidate does not pass held-out checks', () => {
  const RED: Readonly<Record<string, Shown>> = {
    'where one fails': HELD_RED,
    'where one is gone': GREEN,
    'where one is skipped': shows({ passed: ['adds', 'subtracts'], skipped: [CARRIES] }),
    'where a new one fails': shows({ passed: ['adds', 'subtracts', CARRIES], failed: [`${HIDDEN} > late`] }),
    'where the report contradicts the exit code': { ...HELD_GREEN, outcome: { kind: 'exited', code: 1 } },
    'where there is no report': {
      ...HELD_GREEN,
      report: { kind: 'unreadable', reader: 'node-test', why: 'missing', detail: 'x' },
    },
    'where a test of the base is gone': shows({ passed: ['adds', CARRIES] }),
    'where the gate changed a file': { ...HELD_GREEN, changed: [HIDDEN] },
    'where it timed out': { ...HELD_GREEN, outcome: { kind: 'timed_out', afterMs: 1 } },
  };
  for (const [where, heldOut] of Object.entries(RED)) test(where, () => assert.equal(status({ heldOut }), 'not_ready'));

  test('where the canary in them is not reported, or reported elsewhere only', () => {
    assert.equal(
      status({ canary: shows({ passed: ['adds', 'subtracts', CARRIES] }, { canary: HELD_CANARY }) }),
      'not_ready',
    );
    assert.equal(
      status({
        canary: shows({ passed: ['adds'], failed: [`test/a.test.js > ${CANARY.name}`] }, { canary: HELD_CANARY }),
      }),
      'not_ready',
    );
    assert.equal(status({ canary: { ...notStarted('tool'), canary: null } }), 'ready');
  });

  test('where a file that failed as a whole on the base still shows nothing', () => {
    const broken = shows({ passed: ['adds'], failed: ['subtracts'], broken: [HIDDEN] });
    assert.equal(status({ oracle: broken }), 'ready');
    assert.equal(status({ oracle: broken, heldOut: GREEN, canary: HELD_CAUGHT }), 'not_ready');
  });

  test('where ids name no files, and a package that did not build shows nothing new', () => {
    const held = { paths: ['sum/hidden_test.go'] };
    const oracle = shows({ passed: ['adds'], failed: ['subtracts'], broken: ['example.com/sum'] });
    const canary = shows(
      { passed: ['adds', 'subtracts', 'Carries'], failed: [CANARY.name] },
      { canary: { file: 'sum/hidden_test.go', name: CANARY.name } },
    );
    assert.equal(
      status({
        held,
        oracle,
        canary,
        heldOut: shows({ passed: ['adds', 'subtracts', 'Carries', 'example.com/sum Carries'] }),
      }),
      'ready',
    );
    assert.equal(status({ held, oracle, canary, heldOut: GREEN }), 'not_ready');
    const named = shows({ passed: ['adds'], failed: ['subtracts', 'Carries'] });
    assert.equal(
      status({ held, oracle: named, canary, heldOut: shows({ passed: ['adds', 'subtracts', 'Carries'] }) }),
      'ready',
    );
    assert.equal(status({ held, oracle: named, canary, heldOut: GREEN }), 'not_ready');
  });

  test('where ids name no files, and a test in the place of one of the base fails', () => {
    const held = { paths: ['tests/adds.cpp'] };
    const oracle = shows({ passed: ['adds'], failed: ['subtracts'] });
    assert.equal(failure({ held, oracle })[1], 'HELD_OUT_PROVES_NOTHING', 'nothing but the tests of the base runs');
    const replacing = { ...held, replaces: held.paths };
    assert.equal(status({ held: replacing, oracle, heldOut: GREEN, canary: notStarted('tool') }), 'ready');
    assert.equal(status({ held: replacing, oracle, heldOut: shows({ passed: ['adds'] }) }), 'not_ready');
  });

  test('by a flake of a test that was good on the base alone: that is run again, a check is not', () => {
    const flaked = shows({ passed: ['subtracts', CARRIES], failed: ['adds'] });
    assert.equal(status({ heldOut: (round) => (round === 1 ? flaked : HELD_GREEN) }), 'ready');
    assert.equal(
      status({ heldOut: (round) => (round === 1 ? HELD_RED : HELD_GREEN) }, { maxAttempts: 1, maxTurns: 1 }),
      'not_ready',
    );
  });
});
