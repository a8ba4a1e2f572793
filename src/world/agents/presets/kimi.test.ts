import assert from 'node:assert/strict';
import { test } from 'node:test';
import { kimi } from './kimi.ts';

test('kimi writes only its own folder, wherever the user put it, and its settings not at all', () => {
  const [own, ...settings] = kimi.paths({ home: '/h', env: {} });
  assert.deepEqual(own, { path: '/h/.kimi-code', access: 'write' });
  assert.ok(settings.some(({ path }) => path === '/h/.kimi-code/config.toml'));
  assert.ok(settings.every(({ access }) => access === 'read'));
  assert.deepEqual(kimi.paths({ home: '/h', env: { KIMI_CODE_HOME: '/k' } })[0], { path: '/k', access: 'write' });
});

test('kimi starts in the mode in which it asks', () => {
  assert.equal(kimi.mode, 'default');
});
