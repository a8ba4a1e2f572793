import assert from 'node:assert/strict';
import { test } from 'node:test';
import { kimi } from './kimi.ts';

test('kimi keeps its sessions and its login, wherever the user put them, and nothing else', () => {
  const kept = (env: Record<string, string>) => kimi.paths({ home: '/h', env });
  assert.deepEqual(kept({}), [
    { path: '/h/.kimi-code', access: 'copy' },
    { path: '/h/.kimi-code/sessions', access: 'write' },
    { path: '/h/.kimi-code/credentials', access: 'write' },
  ]);
  assert.deepEqual(kept({ KIMI_CODE_HOME: '/k' })[0], { path: '/k', access: 'copy' });
});

test('kimi starts in the mode in which it asks', () => {
  assert.equal(kimi.mode, 'default');
});
