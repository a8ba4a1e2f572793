import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fc } from '../testing/fast-check.ts';
import { readAsked } from './asked.ts';

const read = (value: unknown) => readAsked(JSON.stringify(value));

test('a question has a text, options where there are some, and a default where nobody must be stopped', () => {
  assert.deepEqual(read({ text: ' Which? ' }), { question: { title: 'Which?', options: [], wants: 'text' } });
  assert.deepEqual(read({ text: 'Which?', options: ['a', 'b'], default: 'a' }), {
    question: { title: 'Which?', options: ['a', 'b'] },
    default: 'a',
  });
});

test('what is none is refused, whatever it is', () => {
  const bad = [
    null,
    'x',
    [],
    {},
    { text: '' },
    { text: 'x', options: 'a' },
    { text: 'x', options: [1] },
    { text: 'x', default: 7 },
  ];
  for (const each of [...bad, { text: 'x'.repeat(1001) }, { text: 'x', options: Array(10).fill('a') }])
    assert.equal(read(each), null, JSON.stringify(each));
  fc.assert(fc.property(fc.string(), (text) => readAsked(text) === null || text.includes('text')));
});

test('a text may have a thousand characters, and a question nine options', () => {
  const longest = 'x'.repeat(1000);
  const most = Array(9).fill('a');
  assert.deepEqual(read({ text: longest, options: most, default: longest }), {
    question: { title: longest, options: most },
    default: longest,
  });
  for (const more of [
    { text: `${longest}x` },
    { text: 'x', options: [...most, 'a'] },
    { text: 'x', options: [' '] },
    { text: ' ' },
  ])
    assert.equal(read(more), null);
});
