import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EMPTY_STATE } from '../../domain/goal/state.ts';
import { toolsOf } from '../../domain/roles/tools.ts';
import { answering, askedBy } from './tools.ts';

const done = { kind: 'completed', stopReason: 'end_turn' } as const;
const call = (given: unknown) => [{ name: 'question_ask', given: JSON.stringify(given) }];

test('a turn that ends with a question is one that asks, and a default or another end asks nobody', () => {
  const question = { title: 'Which?', options: [], wants: 'text' };
  assert.deepEqual(askedBy(done, call({ text: 'Which?' })), { kind: 'asked', question });
  assert.equal(askedBy(done, call({ text: 'Which?', default: 'a' })), done);
  assert.equal(askedBy(done, call({})), done);
  assert.equal(askedBy(done), done);
  const cancelled = { kind: 'cancelled' } as const;
  assert.equal(askedBy(cancelled, call({ text: 'Which?' })), cancelled);
});

test('a worker has tools only where there is something to say with them', () => {
  const alone = { hasManyTasks: false, hasChecks: false };
  assert.deepEqual(toolsOf(undefined, alone), []);
  assert.deepEqual(toolsOf(undefined, { ...alone, hasChecks: true }), ['check_dispute', 'question_ask']);
  assert.deepEqual(toolsOf(undefined, { hasManyTasks: true, hasChecks: true }), ['task_propose', 'question_ask']);
});

test('what is asked is answered at once with what is wrong', async () => {
  const answer = answering(EMPTY_STATE, { role: 'planner', attempt: 1 });
  assert.equal((await answer('question_ask', '{"text":"Which?"}')).isTaken, true);
  assert.match((await answer('question_ask', '{}')).text, /a question is \{"text"/);
  assert.match((await answer('check_dispute', '{}')).text, /no tool 'check_dispute' for this session/);
});
