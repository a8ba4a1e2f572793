import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Answer, Question } from '../evidence/question.ts';
import { examinedOf, FIX, gateSpec, policyOf, shows, type Shown } from '../testing/build.ts';
import { simulate, type Simulation, type World } from '../testing/simulate.ts';
import { CONTRACT, GREEN, leavesInTurn, measure, open, OTHER, RED, resumes, TESTS_EDITED } from '../testing/trust.ts';
import type { PathChange } from '../git/snapshot.ts';
import type { TreeId } from '../ids.ts';
import { admits } from '../transition/admit.ts';
import { evolve } from '../transition/evolve.ts';
import { EMPTY_STATE } from '../goal/state.ts';

/** The same change of a test in every candidate, and a product that differs. */
const edited = (after: (candidate: TreeId) => string | undefined) => (candidate: TreeId) => {
  const now = after(candidate);
  const file = (path: string, to: string | undefined): PathChange => ({
    path,
    change: 'modified',
    oldMode: '100644',
    newMode: '100644',
    ...(to === undefined ? {} : { before: 'old', after: to }),
  });
  return examinedOf(candidate, {
    contract: CONTRACT,
    contractChanges: TESTS_EDITED,
    changes: [file('a.test.js', now), file('a.js', candidate)],
  });
};

interface Played {
  readonly run: Simulation;
  /** Questions that a person was asked. */
  readonly asked: readonly Question[];
}

/** The base's tests are red on every candidate, its own are green. Once accepted, the first misses its canary; then comes another tree. */
function play(examine: World['examine'], more: Partial<World> = {}, answer: Answer = { kind: 'accept' }): Played {
  const asked: Question[] = [];
  const run = simulate({
    policy: policyOf(gateSpec({ reader: 'node-test' })),
    options: { maxAttempts: 1, maxTurns: 3 },
    measure: shownOn({}),
    turn: leavesInTurn(FIX, FIX, OTHER),
    examine,
    checks: () => [],
    whenStopped: resumes(4),
    fault: () => 'none',
    ...more,
    answer: (question) => {
      asked.push(question);
      return answer;
    },
  });
  return { run, asked };
}

const shownOn =
  (on: Readonly<Record<TreeId, Shown>>): World['measure'] =>
  (run, state) =>
    run.purpose === 'canary' && run.tree === FIX
      ? (on[FIX] ?? GREEN)
      : measure({}, { [CONTRACT]: RED, ...on })(run, state);

const ids = (asked: readonly Question[]): readonly string[] => asked.map(({ id }) => id);
const QUESTION = `q-contract-${FIX.slice(0, 12)}`;

suite('an answer holds for the same changes in another tree', () => {
  test('a person who accepted a changed test is not asked again when only the product changed', () => {
    const { run, asked } = play(edited(() => 'new'));
    assert.deepEqual(ids(asked), [QUESTION]);
    assert.equal(run.state.status, 'ready');
    const turns = run.state.attempts.map((attempt) => attempt.turns.length);
    assert.deepEqual(turns, [2, 1], 'the agent is not told to take the change back');
    assert.deepEqual(
      run.state.questions.map(({ question, answer }) => [question.subject, answer]),
      [
        [FIX, { kind: 'accept' }],
        [OTHER, { kind: 'accept', as: [QUESTION] }],
      ],
    );
  });

  test('where all attempts were ended meanwhile, the one that made the tree goes on', () => {
    const { run } = play(edited(() => 'new'));
    const at = run.events.findIndex(({ type, data }) => type === 'question.asked' && 'as' in data);
    const before = run.events.slice(0, at).reduce(evolve, EMPTY_STATE);
    const ended = evolve(before, { type: 'attempt.ended', data: { attempt: 2, why: 'no_progress' } });
    assert.equal(ended.attempts.at(-1)?.ended, 'no_progress');
    const [asked] = run.events.slice(at);
    assert.equal(asked && evolve(ended, asked).attempts.at(-1)?.ended, null);
  });

  test('a test that changed once more is asked about again', () => {
    const { asked } = play(edited((candidate) => (candidate === FIX ? 'new' : 'newer')));
    assert.equal(asked.length, 2);
  });

  test('a log that does not say what files became asks about each tree, as before', () => {
    assert.equal(play(edited(() => undefined)).asked.length, 2);
  });

  test('a refusal is no answer about another tree', () => {
    const { asked, run } = play(
      edited(() => 'new'),
      {},
      { kind: 'reject', note: 'no' },
    );
    assert.equal(asked.length, 2);
    assert.equal(run.state.status, 'not_ready');
  });

  test('tests that were run when it was accepted and are not run any more are asked about', () => {
    const fewer = shows({ passed: ['subtracts', 'more'] });
    const { run, asked } = play(
      edited(() => 'new'),
      {
        measure: shownOn({ [OTHER]: fewer }),
      },
    );
    assert.deepEqual(ids(asked), [QUESTION, `q-gone-${OTHER.slice(0, 12)}`]);
    assert.match(asked[1]?.text ?? '', /^1 test .* and were run, when you accepted the same changes of tests: adds\./);
    assert.equal(run.state.status, 'ready');
  });

  test('tests that were gone when it was accepted may be gone', () => {
    const fewer = shows({ passed: ['subtracts'] });
    const { run, asked } = play(
      edited(() => 'new'),
      { measure: shownOn({ [FIX]: fewer, [OTHER]: fewer }) },
    );
    assert.deepEqual(ids(asked), [QUESTION]);
    assert.equal(run.state.status, 'ready');
    assert.deepEqual(open(run), []);
  });
});

test('an answer that nobody gave is not admitted', () => {
  const { run } = play(edited(() => 'new'));
  const at = run.events.findIndex(({ type, data }) => type === 'question.asked' && 'as' in data);
  const asked = run.events[at];
  assert.ok(asked?.type === 'question.asked');
  const state = run.events.slice(0, at).reduce(evolve, EMPTY_STATE);
  const given = (as: readonly string[] | undefined, files = asked.data.question.files): string | null =>
    admits(state, {
      type: 'question.asked',
      data: { question: { ...asked.data.question, ...(files ? { files } : {}) }, ...(as ? { as } : {}) },
    });
  assert.equal(given([QUESTION]), null);
  assert.equal(given(undefined), null, 'a person may be asked all the same');
  assert.match(given(['q-other']) ?? '', /^nobody accepted/);
  assert.match(
    given([QUESTION], [{ path: 'b', change: 'added', oldMode: '0', newMode: '0' }]) ?? '',
    /^nobody accepted/,
  );
});
