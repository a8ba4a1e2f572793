import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fc } from '../../../domain/testing/fast-check.ts';
import { decideForm } from '../../../domain/agents/form.ts';
import { formOf } from './form.ts';

const form = (properties: unknown, required: readonly string[] = []): Readonly<Record<string, unknown>> => ({
  mode: 'form',
  sessionId: 's',
  message: 'Before I go on',
  requestedSchema: { type: 'object', properties, required },
});
const read = (properties: unknown, required: readonly string[] = []) =>
  formOf(form(properties, required), (text) => text.slice(0, 200));

test('enumerations and booleans become numbered answers', () => {
  const properties = {
    db: { type: 'string', title: 'Database', enum: ['prod', 'stage'] },
    mode: {
      type: 'string',
      oneOf: [
        { const: 'f', title: 'Fast', description: 'no tests' },
        { const: 's', title: 'Slow' },
      ],
    },
    sure: { type: 'boolean', description: 'Are you sure?' },
    hosts: { type: 'array', items: { anyOf: [{ const: 'a', title: 'Host a' }] } },
  };
  const fields = read(properties, ['db', 'mode', 'sure']);
  assert.ok(typeof fields !== 'string');
  assert.deepEqual(
    fields.map(({ name, required, question, values }) => [name, required, question?.title, question?.options, values]),
    [
      ['db', true, 'Before I go on \u2013 Database', ['prod', 'stage'], ['prod', 'stage']],
      ['mode', true, 'Before I go on \u2013 mode', ['Fast: no tests', 'Slow'], ['f', 's']],
      ['sure', true, 'Before I go on \u2013 sure \u2013 Are you sure?', ['yes', 'no'], [true, false]],
      ['hosts', false, 'Before I go on \u2013 hosts', ['Host a', '(leave it out)'], [['a'], null]],
    ],
  );
});

test('words and numbers are wanted as such, and the only field needs no name', () => {
  for (const [type, wants] of [
    ['string', 'text'],
    ['number', 'number'],
    ['integer', 'integer'],
  ] as const)
    assert.deepEqual(read({ x: { type } }, ['x']), [
      { name: 'x', required: true, question: { title: 'Before I go on', options: [], wants }, values: [] },
    ]);
});

test('fields of types that omk does not know, and lists that need several answers, have no question', () => {
  const fields = read({ x: { type: '_date' }, y: { type: 'array', minItems: 2, items: { enum: ['a', 'b'] } }, z: 3 });
  assert.ok(typeof fields !== 'string');
  assert.deepEqual(
    fields.map(({ question }) => question),
    [null, null, null],
  );
});

test('addresses and what belongs to no session cannot be asked', () => {
  const tidy = (text: string): string => text;
  assert.match(String(formOf({ mode: 'url', sessionId: 's', url: 'https://example.org' }, tidy)), /opens no address/);
  assert.match(String(formOf({ ...form({}), sessionId: undefined, requestId: 1 }, tidy)), /outside of a session/);
});

test('nothing an agent sends breaks the reading', () => {
  fc.assert(
    fc.property(fc.anything(), fc.anything(), (properties, required) => {
      const given = { mode: 'form', sessionId: 's', message: 1, requestedSchema: { properties, required } };
      const fields = formOf(given, (text) => text);
      return typeof fields !== 'string' && typeof decideForm(fields, []).decision === 'string';
    }),
  );
});
