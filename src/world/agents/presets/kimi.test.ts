import assert from 'node:assert/strict';
import { test } from 'node:test';
import { kimi } from './kimi.ts';

test('kimi writes only its own folder, wherever the user put it', () => {
  assert.deepEqual(kimi.paths({ home: '/h', env: {} }), [{ path: '/h/.kimi-code', writable: true }]);
  assert.deepEqual(kimi.paths({ home: '/h', env: { KIMI_CODE_HOME: '/k' } }), [{ path: '/k', writable: true }]);
});

test('kimi starts in the mode in which it asks', () => {
  assert.equal(kimi.mode, 'default');
});
