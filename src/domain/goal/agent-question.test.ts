import assert from 'node:assert/strict';
import { test } from 'node:test';
import { composeFreshPrompt, composePrompt } from '../prompt/compose.ts';
import { BASE, COMPLETED, FIX, snapshotOf } from '../testing/build.ts';
import { play } from '../testing/ready.ts';
import { agentAnswers } from './agent-question.ts';

const question = { title: 'Which?', options: ['a', 'b'] };
const turn = (_attempt: number, number: number) =>
  number === 1
    ? ({ outcome: { kind: 'asked', question }, leaves: snapshotOf(BASE) } as const)
    : { outcome: COMPLETED, leaves: snapshotOf(FIX) };

test('a question of the agent stops the goal for a person', () => {
  const { state } = play({ turn });
  assert.equal(state.status, 'blocked_on_human');
  assert.deepEqual(agentAnswers(state), []);
});

test('its answer goes on in the same attempt, to the agent in words and to the question when it comes again', () => {
  const { state } = play({ turn, answer: () => ({ kind: 'choice', option: 1 }), whenStopped: () => 'resume' });
  assert.equal(state.status, 'ready');
  assert.equal(state.attempts.length, 1);
  assert.deepEqual(agentAnswers(state), [{ ...question, chosen: 1 }]);
  for (const prompt of [composePrompt(state, 'continue'), composeFreshPrompt(state, 'continue')])
    assert.match(prompt, /You asked: Which\?\n {2}Answer: b/);
});

test('none of its answers is an answer, too', () => {
  const { state } = play({ turn, answer: () => ({ kind: 'reject', note: 'use sqlite' }), whenStopped: () => 'resume' });
  assert.equal(state.status, 'ready');
  assert.deepEqual(agentAnswers(state), [{ ...question, chosen: null }]);
  assert.match(composePrompt(state, 'continue'), /Answer: none of these: use sqlite/);
});
