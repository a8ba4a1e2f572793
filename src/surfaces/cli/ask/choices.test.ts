import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Question } from '../../../domain/evidence/question.ts';
import { choicesFor, type Choice } from './choices.ts';

const about = { id: 'q', text: 'x', subject: 's' };
const agentAsks = (more: { wants?: 'text' | 'integer'; options?: readonly string[] }): Question => ({
  ...about,
  code: 'agent_asks',
  question: { title: 'Which?', options: [], ...more },
});
const words = ({ take }: Choice, text: string) =>
  'ask' in take ? (take.wrong(text) ?? take.answer(text)) : assert.fail('asks for no words');
const all = (question: Question, hasGate = true) => choicesFor(question, hasGate).map(({ take }) => take);

test('a command is asked for where nothing shows the goal, and gates are enough only where there are some', () => {
  const [command] = choicesFor({ ...about, code: 'no_criterion' }, true);
  assert.ok(command);
  assert.deepEqual(words(command, ' npm run x '), { kind: 'checks', checks: ['npm run x'] });
  assert.match(String(words(command, ' ')), /Write something/);
  assert.deepEqual(all({ ...about, code: 'no_criterion' })[1], { kind: 'accept' });
  assert.equal(all({ ...about, code: 'no_criterion' }, false).length, 1);
});

test('a question of an agent or a plan is answered with its options, in words, or with a number', () => {
  assert.deepEqual(all(agentAsks({ options: ['a', 'b'] })).slice(0, 2), [
    { kind: 'choice', option: 0 },
    { kind: 'choice', option: 1 },
  ]);
  const [text, refuse] = choicesFor(agentAsks({ wants: 'text' }), true);
  const [whole] = choicesFor(agentAsks({ wants: 'integer' }), true);
  assert.ok(text && refuse && whole);
  assert.deepEqual(words(text, 'They work'), { kind: 'text', text: 'They work' });
  assert.deepEqual(words(refuse, ' no '), { kind: 'reject', note: 'no' });
  assert.deepEqual(
    [words(whole, '1.5'), words(whole, '2')],
    ['A whole number is asked for', { kind: 'text', text: '2' }],
  );
});

test('names that an agent chose cannot move the cursor', () => {
  const [choice] = choicesFor(agentAsks({ options: ['\u001B[2Ja\nb'] }), true);
  assert.ok(choice && !choice.label.includes('\u001B') && !choice.label.includes('\n'));
});

test('what cannot run may be mended, stay red, or be worked on all the same', () => {
  assert.deepEqual(
    all({ ...about, code: 'cannot_run', gates: ['e2e'] }).map((take) => ('ask' in take ? null : take.kind)),
    ['retry', 'known_red', 'accept'],
  );
});
