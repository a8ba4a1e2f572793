import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AnsweredQuestion } from './agent.ts';
import { decideForm, type FormField } from './form.ts';

const choice: FormField = {
  name: 'database',
  required: true,
  question: { title: 'Which?', options: ['production', 'staging'] },
  values: ['prod', 'stage'],
};
const words: FormField = {
  name: 'why',
  required: true,
  question: { title: 'Why?', options: [], wants: 'text' },
  values: [],
};
const count: FormField = { ...words, name: 'count', question: { title: 'How many?', options: [], wants: 'integer' } };
const optional = { ...choice, required: false, values: ['prod', null] };

const chosen = (field: FormField, place: number | null): AnsweredQuestion => ({
  title: '',
  options: [],
  ...field.question,
  chosen: place,
});
const wrote = (field: FormField, text: string): AnsweredQuestion => ({ ...chosen(field, null), text });

test('every field is asked at once, and those that were answered no more', () => {
  const form = [choice, words, count];
  const questions = form.map(({ question }) => question);
  assert.deepEqual(decideForm(form, []), {
    decision: 'asked',
    question: questions[0],
    further: questions.slice(1),
  });
  assert.deepEqual(decideForm(form, [wrote(words, 'x')]), {
    decision: 'asked',
    question: questions[0],
    further: questions.slice(2),
  });
});

test('answers fill in the form with values of its types', () => {
  const answers = [chosen(choice, 1), wrote(words, 'to free space'), wrote(count, '3')];
  assert.deepEqual(decideForm([choice, words, count], answers), {
    decision: 'filled',
    content: { database: 'stage', why: 'to free space', count: 3 },
    reason: 'a person filled in the form',
  });
});

test('a no to one field declines the form', () => {
  const answer = decideForm([choice, words], [chosen(words, null)]);
  assert.deepEqual(answer, { decision: 'declined', reason: 'a person gave none of the answers' });
});

test('a field that need not be filled in can be left out, and a remark is not asked for', () => {
  const remark = { ...words, required: false };
  assert.deepEqual(decideForm([optional, remark], [chosen(optional, 1)]), {
    decision: 'filled',
    content: {},
    reason: 'a person filled in the form',
  });
  assert.equal(decideForm([remark], []).decision, 'asked');
});

test('a form that cannot be asked is declined with the reason', () => {
  const unknown: FormField = { name: 'photo', required: true, question: null, values: [] };
  for (const [form, why] of [
    [[choice, unknown], /required field that cannot be asked: photo/],
    [[], /asks nothing/],
    [[{ ...unknown, required: false }], /asks nothing/],
    [[{ ...choice, values: Array.from({ length: 200 }, String) }], /more than 200/],
  ] as const) {
    const answer = decideForm(form, []);
    assert.ok(answer.decision === 'declined');
    assert.match(answer.reason, why);
  }
  assert.equal(decideForm([choice, { ...unknown, required: false }], []).decision, 'asked');
});
