import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { TurnOutcome } from '../agents/agent.ts';
import {
  BASE,
  checkGate,
  COMPLETED,
  examinedOf,
  exits,
  FIX,
  measurement,
  notStarted,
  shows,
  snapshotOf,
  tree,
} from '../testing/build.ts';
import { CANARY, play } from '../testing/ready.ts';
import type { Simulation, World } from '../testing/simulate.ts';
import { decide } from './decide.ts';
import type { GoalEvent } from '../goal/event.ts';
import { evolve, fold } from '../transition/evolve.ts';
import type { Intent } from '../goal/intent.ts';
import { blocking, readiness } from '../judge/readiness.ts';

const OTHER = tree('other');
const THIRD = tree('third');
const FAILED: TurnOutcome = { kind: 'failed', reason: 'empty_turn', detail: 'it said nothing' };
const UNAVAILABLE: TurnOutcome = { kind: 'unavailable', reason: 'not_logged_in', detail: 'log in first' };
const RED = shows({ passed: ['adds'], failed: ['subtracts'] });

/** Turns one after the other, over all attempts; then the last one again. */
const turns = (
  ...each: readonly [readonly [TurnOutcome, string], ...(readonly [TurnOutcome, string])[]]
): World['turn'] => {
  const seen = new Map<string, readonly [TurnOutcome, string]>();
  return (attempt, turn) => {
    const key = `${attempt}:${turn}`;
    const [outcome, candidate] = seen.get(key) ?? each[seen.size] ?? each.at(-1) ?? each[0];
    seen.set(key, [outcome, candidate]);
    return { outcome, leaves: snapshotOf(candidate) };
  };
};
const onlyGreen: World['measure'] = ({ purpose, tree: at }) => {
  if (purpose === 'canary') return shows({ failed: [CANARY.name] }, { canary: CANARY });
  return at === FIX ? shows({ passed: ['adds', 'subtracts'] }) : RED;
};
const once = (act: 'resume' | 'cancel'): World['whenStopped'] => {
  let first = true;
  return () => {
    const answer = first ? act : 'leave';
    first = false;
    return answer;
  };
};

const reasons = (run: Simulation): readonly string[] =>
  run.done.flatMap(({ intent }) =>
    intent.kind === 'run_turn' ? [`${intent.attempt}.${intent.turn} ${intent.reason}`] : [],
  );
const ends = ({ state }: Simulation): readonly (string | null)[] => state.attempts.map((attempt) => attempt.ended);
const kinds = (run: Simulation): readonly Intent['kind'][] => run.done.map(({ intent }) => intent.kind);

suite('decide', () => {
  test('takes the steps of a run in their order', () => {
    assert.deepEqual(kinds(play()), [
      'resolve_policy',
      'prepare_dependencies',
      'run_gate',
      'run_gate',
      'record',
      'start_attempt',
      'run_turn',
      'take_snapshot',
      'examine',
      'run_gate',
      'run_gate',
      'record',
      'integrate',
      'record',
    ]);
  });

  test('measures the base in both rounds at once', () => {
    assert.deepEqual(
      play().answers[2]?.map(({ key }) => key),
      [`gate:test:baseline:1:${BASE}`, `gate:test:baseline:2:${BASE}`],
    );
  });

  test('gives feedback in the same session while the tree changes, then starts afresh', () => {
    const run = play({
      turn: turns([COMPLETED, OTHER], [COMPLETED, THIRD], [COMPLETED, THIRD], [COMPLETED, FIX]),
      measure: onlyGreen,
    });
    assert.deepEqual(reasons(run), ['1.1 first', '1.2 feedback', '1.3 feedback', '2.1 first']);
    assert.deepEqual(ends(run), ['no_progress', 'accepted']);
    assert.equal(run.state.status, 'ready');
  });

  test('spends no more turns and attempts than allowed', () => {
    const names = Array.from({ length: 20 }, (_, index) => [COMPLETED, tree(`t${index}`)] as const);
    const run = play({
      turn: turns([COMPLETED, OTHER], ...names),
      measure: onlyGreen,
      options: { maxAttempts: 3, maxTurns: 2 },
    });
    assert.deepEqual(ends(run), ['turns_spent', 'turns_spent', 'turns_spent']);
    assert.equal(run.state.attempts.flatMap((attempt) => attempt.turns).length, 6);
    assert.equal(run.state.status, 'not_ready');
  });

  test('a failing test that is named like a verdict asks no person about the tests', () => {
    const judged = (failed: readonly string[]): Simulation =>
      play({
        measure: ({ purpose }) => {
          if (purpose === 'baseline') return RED;
          if (purpose === 'canary') return shows({ failed: [CANARY.name, ...failed] }, { canary: CANARY });
          return shows({ passed: ['adds'], failed });
        },
        examine: (candidate) =>
          examinedOf(candidate, {
            contract: tree('contract'),
            contractChanges: [{ path: 'a.test.js', change: 'edited' }],
          }),
        options: { maxAttempts: 1, maxTurns: 1 },
      });
    const run = judged(['subtracts', 'reports E_MISSING_TESTS and E_CONTRACT_CHANGED']);
    assert.deepEqual([run.state.status, run.state.questions.length], ['not_ready', 0]);
    assert.deepEqual(
      blocking(readiness(run.state)).flatMap(({ verdict = null }) => verdict ?? []),
      ['E_TESTS_FAILED'],
    );
  });

  test('a failed turn that changed nothing ends the attempt; one that changed something is judged', () => {
    const run = play({ turn: turns([FAILED, BASE], [FAILED, FIX]) });
    assert.deepEqual(ends(run), ['agent_failed', 'accepted']);
    assert.equal(run.state.status, 'ready');
  });

  test('an agent that fails in every attempt is a broken machine, said with its last words', () => {
    const { state } = play({ turn: turns([FAILED, BASE]) });
    assert.equal(state.status, 'failed_infra');
    assert.equal(state.ended?.failure?.code, 'AGENT_FAILED');
    assert.match(state.ended?.failure?.text ?? '', /empty_turn, it said nothing/);
    assert.equal(play({ turn: turns([FAILED, BASE], [COMPLETED, BASE]) }).state.status, 'not_ready');
  });

  test('an agent that is not there blocks on the outside, and a resume goes on in the same attempt', () => {
    const run = play({ turn: turns([UNAVAILABLE, BASE], [COMPLETED, FIX]), whenStopped: once('resume') });
    assert.deepEqual(reasons(run), ['1.1 first', '1.2 continue']);
    assert.equal(run.state.status, 'ready');
    const left = play({ turn: turns([UNAVAILABLE, BASE]) }).state;
    assert.equal(left.status, 'blocked_on_external');
    assert.equal(left.ended?.failure?.code, 'AGENT_NOT_LOGGED_IN');
    assert.equal(left.attempts.length, 1);
  });

  test('an agent that is still not there after a resume blocks again', () => {
    const run = play({ turn: turns([UNAVAILABLE, BASE]), whenStopped: once('resume') });
    assert.equal(run.state.status, 'blocked_on_external');
    assert.equal(run.state.attempts[0]?.turns.length, 2);
  });

  test('an agent that cancels its own turns for ever comes to an end', () => {
    const run = play({ turn: turns([{ kind: 'cancelled' }, BASE]), options: { maxAttempts: 2, maxTurns: 3 } });
    assert.equal(run.state.status, 'not_ready');
    assert.deepEqual(ends(run), ['no_progress', 'no_progress']);
  });

  const faultAt = (fault: 'crash' | 'pause' | 'cancel', kind: Intent['kind'], times = 1): World['fault'] => {
    let left = times;
    return (intent) => (intent.kind === kind && left-- > 0 ? fault : 'none');
  };

  test('after a pause the turn is continued, however many were stopped before', () => {
    let resumes = 4;
    const run = play({
      options: { maxTurns: 2 },
      fault: faultAt('pause', 'run_turn', 4),
      whenStopped: () => (resumes-- > 0 ? 'resume' : 'leave'),
      turn: turns([COMPLETED, BASE], [COMPLETED, BASE], [COMPLETED, BASE], [COMPLETED, BASE], [COMPLETED, FIX]),
    });
    assert.equal(run.state.status, 'ready');
    assert.equal(run.state.attempts.length, 1);
  });

  test('after a crash in any step the run ends the same', () => {
    for (const kind of new Set(kinds(play()))) {
      const run = play({ fault: faultAt('crash', kind) });
      assert.equal(run.state.status, 'ready', kind);
      assert.equal(run.state.integrated?.tree, FIX);
    }
  });

  test('work that a stopped turn left is judged, though the next turn added nothing', () => {
    const run = play({ fault: faultAt('crash', 'run_turn'), turn: turns([COMPLETED, FIX], [FAILED, FIX]) });
    assert.equal(run.state.status, 'ready');
    assert.deepEqual(ends(run), ['accepted']);
  });

  test('a pause and a cancel are kept, in any step', () => {
    for (const kind of new Set(kinds(play()))) {
      assert.equal(play({ fault: faultAt('pause', kind) }).state.status, 'paused', kind);
      assert.equal(play({ fault: faultAt('pause', kind), whenStopped: once('resume') }).state.status, 'ready', kind);
      assert.equal(play({ fault: faultAt('cancel', kind) }).state.status, 'cancelled', kind);
    }
  });

  test('a resume after the last attempt gives as many again', () => {
    const run = play({
      turn: turns([COMPLETED, BASE], [COMPLETED, BASE], [COMPLETED, FIX]),
      options: { maxAttempts: 2 },
      whenStopped: once('resume'),
    });
    assert.equal(run.state.status, 'ready');
    assert.equal(run.state.attemptsAllowed, 4);
    const paused = play({ fault: faultAt('pause', 'start_attempt'), whenStopped: once('resume') });
    assert.equal(paused.state.attemptsAllowed, 2);
  });

  test('a gate that cannot start on the candidate is tried again after a resume, a failed one is not', () => {
    let missing = true;
    const run = play({
      measure: (gate, state) => {
        if (gate.purpose === 'contract' && missing) return notStarted('tool');
        return gate.tree === FIX && gate.purpose !== 'canary'
          ? shows({ passed: ['adds', 'subtracts'] })
          : onlyGreen(gate, state);
      },
      whenStopped: (state) => {
        missing = false;
        return state.attempts.length > 2 ? 'leave' : 'resume';
      },
    });
    assert.equal(run.state.status, 'ready');
    const red = play({
      measure: (gate, state) => (gate.tree === FIX ? RED : onlyGreen(gate, state)),
      whenStopped: once('resume'),
    });
    assert.deepEqual(
      red.state.measurements.filter((each) => each.tree === FIX).map(({ purpose }) => purpose),
      ['contract', 'canary'],
    );
  });

  test('dependencies of the candidate that cannot be installed are the agent’s to mend', () => {
    const run = play({
      turn: turns([COMPLETED, OTHER], [COMPLETED, FIX]),
      measure: (gate, state) => (gate.tree === OTHER ? notStarted('candidate_dependencies') : onlyGreen(gate, state)),
    });
    assert.deepEqual(reasons(run), ['1.1 first', '1.2 feedback']);
    assert.equal(run.state.status, 'ready');
  });

  test('checks added after a candidate was accepted are worked on, not a dead end', () => {
    const run = play({ fault: faultAt('pause', 'integrate') });
    assert.equal(run.state.attempts[0]?.ended, 'accepted');
    const red = (round: number): GoalEvent => ({
      type: 'gate.measured',
      data: measurement({ gate: 'check-1', purpose: 'baseline', round, tree: BASE, ...exits(1) }),
    });
    const state = fold(
      [
        { type: 'goal.resumed', data: { why: 'x' } },
        { type: 'checks.added', data: { gates: [checkGate()] } },
        red(1),
        red(2),
      ],
      run.state,
    );
    const [plan] = decide(state);
    assert.ok(plan?.kind === 'record' && plan.event.type === 'plan.made' && plan.key === 'plan:2');
    assert.deepEqual(
      decide(evolve(state, plan.event)).map(({ key }) => key),
      ['attempt:2'],
    );
  });
});
