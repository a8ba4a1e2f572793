import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { standings } from '../criteria/standing.ts';
import type { Question } from '../evidence/question.ts';
import { examinedOf, shows } from '../testing/build.ts';
import { withOwnTests } from '../testing/own-tests.ts';
import { play } from '../testing/ready.ts';
import { CONTRACT, resumes } from '../testing/trust.ts';
import type { World } from '../testing/simulate.ts';

const INSISTS = { maxAttempts: 4, maxTurns: 3, asksUnshown: true } as const;
const NO_TESTS = shows({ passed: ['adds'] });

/** An agent that leaves the same tree whatever it is told, and a person who answers once. */
const insisting = (world: Partial<World>, options: World['options'] = INSISTS) =>
  play({ ...withOwnTests({ delivered: NO_TESTS, options }), whenStopped: resumes(1), ...world });

const asked = (events: ReturnType<typeof play>['events']): readonly Question[] =>
  events.flatMap((event) => (event.type === 'question.asked' ? [event.data.question] : []));

suite('a change that no test shows', () => {
  test('is a question once the agent was told and left it as it is', () => {
    const { state, events } = insisting({ whenStopped: () => 'leave' });
    assert.equal(state.status, 'blocked_on_human');
    assert.equal(state.attempts.length, 1);
    assert.equal(state.attempts[0]?.turns.length, 2);
    assert.deepEqual(
      asked(events).map(({ code }) => code),
      ['nothing_shown'],
    );
  });

  test('is ready by the word of a person, which the proof says', () => {
    const { state } = insisting({ answer: () => ({ kind: 'accept' }) });
    assert.equal(state.status, 'ready');
    assert.ok(state.ended?.gaps.some(({ code }) => code === 'K_SHOWN_BY_PERSON'));
    assert.deepEqual(
      standings(state).map(({ id, level, shown }) => ({ id, level, shown })),
      [{ id: 'own-tests', level: 'OMK_ORACLE_GIVEN', shown: true }],
    );
  });

  test('goes back with the words of a person who refuses it', () => {
    const { state } = insisting({ answer: () => ({ kind: 'reject', note: 'it is not there' }) });
    assert.equal(state.status, 'not_ready');
    assert.ok((state.attempts[0]?.turns.length ?? 0) > 2);
  });

  test('is no question in logs of before', () => {
    const { state, events } = insisting({ answer: () => ({ kind: 'accept' }) }, { maxAttempts: 2, maxTurns: 3 });
    assert.equal(state.status, 'not_ready');
    assert.deepEqual(asked(events), []);
  });

  test('is asked about together with the tests that it changes', () => {
    const examine = (candidate: string) =>
      examinedOf(candidate, { contractChanges: [{ path: 'test/a.test.js', change: 'edited' }] });
    const { state, events } = insisting({ examine, answer: () => ({ kind: 'accept' }) });
    assert.equal(state.status, 'ready');
    assert.deepEqual(
      asked(events).map(({ code, ...question }) => [code, 'unshown' in question && question.unshown]),
      [['contract_changed', true]],
    );
    assert.ok(state.ended?.gaps.some(({ code }) => code === 'K_SHOWN_BY_PERSON'));
  });

  test('is asked about where its tests do not run without it, which is no fault of theirs', () => {
    const delivered = shows({ passed: ['adds', 'subtracts'] });
    const { state, events } = insisting({
      ...withOwnTests({ delivered, hollow: NO_TESTS, options: INSISTS }),
      answer: () => ({ kind: 'accept' }),
    });
    assert.equal(state.status, 'ready');
    assert.deepEqual(
      asked(events).map(({ code, text }) => [code, /do not run without the change/.test(text)]),
      [['nothing_shown', true]],
    );
  });

  test('is not said to have no tests where none has run yet', () => {
    const { state } = insisting({
      measure: ({ purpose }) => (purpose === 'baseline' ? NO_TESTS : shows({ failed: ['adds'] })),
      examine: (candidate) => examinedOf(candidate, { contract: CONTRACT }),
    });
    assert.equal(state.status, 'not_ready');
    assert.deepEqual(
      state.ended?.gaps.filter(({ subject }) => subject === 'own-tests').map(({ code }) => code),
      ['G_GATE_PENDING'],
    );
  });

  test('whose tests notice nothing is not for a person to pass', () => {
    const hollow = shows({ passed: ['adds', 'subtracts'] });
    const { state, events } = play({
      ...withOwnTests({ hollow, options: INSISTS }),
      answer: () => ({ kind: 'accept' }),
    });
    assert.equal(state.status, 'not_ready');
    assert.deepEqual(asked(events), []);
  });
});
