import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import {
  BASE,
  checkGate,
  COMPLETED,
  examinedOf,
  exits,
  FIX,
  gateSpec,
  policyOf,
  shows,
  snapshotOf,
  tree,
} from '../testing/build.ts';
import { CANARY, play } from '../testing/ready.ts';
import type { World } from '../testing/simulate.ts';
import { evolve, fold } from '../transition/evolve.ts';
import type { GoalState } from '../goal/state.ts';
import { composeFreshPrompt, composePrompt } from './compose.ts';

const CONTRACT = tree('contract');
const RED = shows({ passed: ['adds'], failed: ['subtracts'] }, { tail: 'not ok 2 - subtracts\n```\n' });

/** The state in which a turn is about to be prompted, with what the simulated agent left before. */
function before(turn: string, more: Partial<World> = {}): GoalState {
  const { events } = play({
    measure: ({ purpose }) => (purpose === 'canary' ? shows({ failed: [CANARY.name] }, { canary: CANARY }) : RED),
    ...more,
  });
  const at = events.findIndex(
    (event) => event.type === 'turn.started' && `${event.data.attempt}.${event.data.turn}` === turn,
  );
  assert.ok(at > 0, `there is no turn ${turn}`);
  return fold(events.slice(0, at));
}

suite('the first prompt', () => {
  const text = composePrompt(
    before('1.1', {
      policy: policyOf(gateSpec({ cwd: 'sub' }), checkGate(), gateSpec({ id: 'lint', required: false })),
    }),
    'first',
  );

  test('says the goal, what is done when, what judges it and what it says now', () => {
    assert.match(text, /# Goal\nMake it work\./);
    assert.match(text, /# Done when\n- `\.\/check-1` passes\n/);
    assert.match(text, /# Judged by\n- test: `npm test` in sub \(red before any change: .*\)\n- check-1: `npm test`\n/);
    assert.match(text, /# Output of check-1 before any change\n```\nnot ok 2 - subtracts\n'''\n\n```/);
  });

  test('says that words are no evidence, and nothing of gates that do not decide or of earlier attempts', () => {
    assert.match(text, /What you say is not taken as evidence\.$/);
    assert.doesNotMatch(text, /lint|Earlier attempts|\n\n\n/);
  });

  test('of a later attempt says what the one before ran into', () => {
    const again = composePrompt(before('2.1'), 'first');
    assert.match(
      again,
      /# Earlier attempts\n1 did not get there.*\n- gate test failed: 1 of 2 tests failed: subtracts \(E_TESTS_FAILED\)/,
    );
    assert.doesNotMatch(again, /result commit|is not shown/);
  });

  test('is the same for a session without memory', () => {
    const state = before('2.1');
    assert.equal(composeFreshPrompt(state, 'first'), composePrompt(state, 'first'));
  });
});

suite('feedback', () => {
  const other = (attempt: number, turn: number) => ({
    outcome: COMPLETED,
    leaves: snapshotOf(attempt * turn === 1 ? FIX : tree('other'), { ignored: ['build/x.log'] }),
  });

  test('names the gate, the reason, missing tests, ignored files and the end of the output', () => {
    const state = before('1.2', {
      turn: other,
      measure: ({ purpose }) =>
        purpose === 'baseline' ? RED : shows({ failed: ['subtracts'] }, { tail: `${'x'.repeat(4000)}the end` }),
    });
    const text = composePrompt(state, 'feedback');
    assert.match(text, /^# Not done yet\n- gate test failed: 1 of 1 tests failed: subtracts \(E_TESTS_FAILED\)/);
    assert.match(
      text,
      /new files that the repository ignores, and caches of tools, are not part of the result: build\/x\.log/,
    );
    assert.match(text, /Tests of test that must run and pass:\n- adds/);
    assert.match(text, /End of the output of test:\n```\nx{2993}the end\n```/);
    assert.doesNotMatch(text, /# Goal/);
  });

  test('to a session without memory says the goal too', () => {
    const text = composeFreshPrompt(before('1.2', { turn: other }), 'feedback');
    assert.match(text, /^# Goal\n[\s\S]*Work has begun already[\s\S]*# Not done yet/);
  });

  test('is silent about gates that are green, known red or optional and green', () => {
    const state = before('1.2', {
      turn: other,
      policy: policyOf(gateSpec(), gateSpec({ id: 'old' }), gateSpec({ id: 'fine', reader: 'exit_only' })),
      options: { knownRed: ['old'] },
      measure: ({ gate, purpose }) => {
        if (gate === 'fine') return { ...exits(0), tail: 'all fine' };
        return purpose === 'canary'
          ? shows({ failed: [CANARY.name] }, { canary: CANARY })
          : { ...RED, tail: `tail of ${gate}` };
      },
    });
    const text = composePrompt(state, 'feedback');
    assert.match(text, /tail of test/);
    assert.doesNotMatch(text, /tail of old|all fine/);
  });

  test('never tells the name of the canary', () => {
    const state = before('1.2', {
      turn: other,
      measure: ({ purpose, tree: at }) => {
        if (purpose === 'canary') return shows({ passed: [CANARY.name] }, { canary: CANARY, tail: CANARY.name });
        return at === BASE ? RED : shows({ passed: ['adds', 'subtracts'] });
      },
    });
    const text = composePrompt(state, 'feedback');
    assert.match(text, /E_CANARY_MISSED/);
    assert.ok(!text.includes(CANARY.name));
  });

  const asked: Partial<World> = {
    examine: (candidate) =>
      examinedOf(candidate, {
        contract: CONTRACT,
        contractChanges: [{ path: 'a.test.js', change: 'edited' }],
        policyPaths: ['.omk/gates.toml'],
      }),
    measure: ({ purpose, tree: at }) => {
      if (purpose === 'canary') return shows({ failed: [CANARY.name] }, { canary: CANARY });
      return at === BASE ? RED : shows({ passed: ['adds', 'subtracts'] });
    },
    whenStopped: (state) => (state.attempts[0]?.turns.length === 1 ? 'resume' : 'leave'),
  };

  test('names what became of tests where that is in the way, and not where it is none of it', () => {
    const tests = {
      changes: [{ kind: 'weakened', path: 'a.test.js', test: 'adds', reasons: [{ kind: 'skipped' }] }],
      more: 1,
    } as const;
    const edited = examinedOf(FIX, {
      contract: CONTRACT,
      contractChanges: [{ path: 'a.test.js', change: 'edited' }],
      tests,
    });
    const told = (examined: typeof edited): string =>
      composePrompt(
        before('1.2', { turn: other, examine: (candidate) => ({ ...examined, candidate }), measure: () => RED }),
        'feedback',
      );
    assert.match(
      told(edited),
      /what you changed in tests:\n {2}- weakened {2}a\.test\.js > adds: skip added\n {2}- and 1 more\n/,
    );
    assert.doesNotMatch(told({ ...edited, contractChanges: [] }), /changed in tests/);
  });

  test('tells a person’s no in their words', () => {
    const text = composePrompt(
      before('1.2', {
        ...asked,
        answer: ({ code }) => ({ kind: 'reject', note: code === 'policy_touched' ? 'leave it' : '' }),
      }),
      'feedback',
    );
    assert.match(text, /A person refused the changes of \.omk\/: leave it/);
    assert.match(text, /A person refused the changes of tests or test settings: undo them/);
  });

  test('to continue says that the work was interrupted', () => {
    const state = before('1.2', {
      fault: (intent) => (intent.kind === 'run_turn' && intent.turn === 1 ? 'crash' : 'none'),
    });
    assert.match(composePrompt(state, 'continue'), /^The work on this goal was interrupted\.[\s\S]*# Goal/);
    assert.match(composeFreshPrompt(state, 'continue'), /^# Goal[\s\S]*Work has begun already/);
    assert.doesNotMatch(composeFreshPrompt(state, 'continue'), /\n\n\n|Not done yet/);
  });

  test('has something to say even in an empty state', () => {
    const empty = fold([]);
    assert.match(composePrompt(empty, 'first'), /# Goal/);
    assert.match(
      composePrompt(evolve(empty, { type: 'goal.paused', data: { why: '' } }), 'feedback'),
      /# Not done yet/,
    );
  });
});
