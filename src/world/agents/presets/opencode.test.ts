import assert from 'node:assert/strict';
import { test } from 'node:test';
import { opencode } from './opencode.ts';

test('opencode may write its state and read its configuration', () => {
  assert.deepEqual(opencode.paths({ home: '/h', env: { XDG_DATA_HOME: '/d' } }), [
    { path: '/d/opencode', writable: true },
    { path: '/h/.local/state/opencode', writable: true },
    { path: '/h/.cache/opencode', writable: true },
    { path: '/h/.config/opencode', writable: false },
  ]);
});
