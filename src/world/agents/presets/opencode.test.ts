import assert from 'node:assert/strict';
import { test } from 'node:test';
import { opencode } from './opencode.ts';

test('opencode may write its state, and copies of its programs and its configuration', () => {
  assert.deepEqual(opencode.paths({ home: '/h', env: { XDG_DATA_HOME: '/d' } }), [
    { path: '/d/opencode', access: 'write' },
    { path: '/d/opencode/bin', access: 'copy' },
    { path: '/d/opencode/snapshot', access: 'copy' },
    { path: '/h/.local/state/opencode', access: 'write' },
    { path: '/h/.cache/opencode', access: 'copy' },
    { path: '/h/.config/opencode', access: 'copy' },
  ]);
});
