import assert from 'node:assert/strict';
import { test } from 'node:test';
import { composeFreshPrompt, composePrompt } from '../prompt/compose.ts';
import { BASE, COMPLETED, FIX, snapshotOf } from '../testing/build.ts';
import { play } from '../testing/ready.ts';
import { agentAnswers } from './agent-question.ts';
import type { Answer, Question } from '../evidence/question.ts';

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

test('all that it asked at once is answered before it works again, and a no ends the asking', () => {
  const further = [{ title: 'How many?', options: [], wants: 'integer' }] as const;
  const several = (_attempt: number, number: number) =>
    number === 1
      ? ({ outcome: { kind: 'asked', question, further }, leaves: snapshotOf(BASE) } as const)
      : { outcome: COMPLETED, leaves: snapshotOf(FIX) };
  const answer = (asked: Question): Answer =>
    asked.code === 'agent_asks' && asked.question.wants ? { kind: 'text', text: '3' } : { kind: 'choice', option: 0 };
  const all = play({ turn: several, answer, whenStopped: () => 'resume' }).state;
  assert.equal(all.status, 'ready');
  assert.deepEqual(agentAnswers(all), [
    { ...question, chosen: 0 },
    { ...further[0], chosen: null, text: '3' },
  ]);
  assert.equal(all.attempts[0]?.turns.length, 2);
  assert.match(composePrompt(all, 'continue'), /You asked: How many\?\n {2}Answer: 3/);
  const no = play({ turn: several, answer: () => ({ kind: 'reject', note: '' }), whenStopped: () => 'resume' }).state;
  assert.deepEqual(agentAnswers(no), [{ ...question, chosen: null }]);
});

test('none of its answers is an answer, too', () => {
  const { state } = play({ turn, answer: () => ({ kind: 'reject', note: 'use sqlite' }), whenStopped: () => 'resume' });
  assert.equal(state.status, 'ready');
  assert.deepEqual(agentAnswers(state), [{ ...question, chosen: null }]);
  assert.match(composePrompt(state, 'continue'), /Answer: none of these: use sqlite/);
});
