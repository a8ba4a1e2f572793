import assert from 'node:assert/strict';
import { test } from 'node:test';
import { scripted } from './scripted.ts';

test('the scripted agent sees nothing of the user', () => {
  assert.deepEqual(scripted.env, []);
  assert.deepEqual(scripted.paths({ home: '/h', env: {} }), []);
});
