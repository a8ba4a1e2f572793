import assert from 'node:assert/strict';
import { test } from 'node:test';
import { longSubjects } from '../scripts/subjects/check.ts';

test('a subject of more than 72 characters is named with its commit', () => {
  assert.deepEqual(longSubjects(`abc1234 ${'x'.repeat(72)}\ndef5678 ${'é'.repeat(40)} ${'x'.repeat(32)}\n`), [
    'def5678: the subject has 73 characters, more than 72',
  ]);
});
