// oxlint-disable no-control-regex -- control characters are what this file is about
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fc } from '../../../domain/testing/fast-check.ts';
import { readFrame } from './frame.ts';

const message = { jsonrpc: '2.0', id: 1, result: { text: 'a { b ] \u001b[0m "' } };
const line = JSON.stringify(message);

test('a message is read whatever a terminal or a program put before it, and that is told', () => {
  for (const before of [
    '\u001b]0;agent: ready\u0007',
    '\u001b]2;title\u001b\\',
    '\u001b[0m',
    '\u001b[2K\r',
    'Loading... ',
    'cache {1 of 2} ',
    '\u001b]0;open ',
    '\u0000',
  ]) {
    const { value, stray } = readFrame(before + line);
    assert.deepEqual(value, message, JSON.stringify(before));
    assert.notEqual(stray, '', JSON.stringify(before));
  }
  assert.deepEqual(readFrame(`${line}\u001b[0m`), { value: message, stray: '\u001b[0m' });
});

test('a line without a message is stray, and words around other JSON make no message of it', () => {
  for (const text of ['Welcome!', '{"half": ', 'log: {"level":"info"}', 'x {"id":1,"result":{}}'])
    assert.deepEqual(readFrame(text), { value: undefined, stray: text });
});

test('what is JSON is taken as it is', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) =>
      assert.deepEqual(readFrame(JSON.stringify(value)), { value: JSON.parse(JSON.stringify(value)), stray: '' }),
    ),
  );
});

test('any bytes before a message leave the message, unless they look like one', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 40 }), (before) => {
      fc.pre(before.split('{').length < 10 && !/["\u001b]/u.test(before));
      assert.deepEqual(readFrame(before + line).value, message);
    }),
  );
});
