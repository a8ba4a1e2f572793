import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseReference } from './reference.ts';

test('a pull request or an issue is named by its number or its address', () => {
  const place = { host: 'github.com', owner: 'octo', name: 'calc' };
  for (const [text, kind, found] of [
    ['42', 'pull', { number: 42, place: null }],
    ['#7', 'issues', { number: 7, place: null }],
    ['https://github.com/octo/calc/pull/42', 'pull', { number: 42, place }],
    ['https://github.com/octo/calc/pull/42/files?w=1', 'pull', { number: 42, place }],
    ['https://github.com/octo/calc/issues/7#issuecomment-1', 'issues', { number: 7, place }],
    ['https://github.com/octo/calc/issues/7', 'pull', null],
    ['https://github.com/octo/calc/pull/', 'pull', null],
    ['octo/calc#7', 'issues', null],
    ['-1', 'pull', null],
    ['', 'pull', null],
  ] as const)
    assert.deepEqual(parseReference(text, kind), found, text);
});
