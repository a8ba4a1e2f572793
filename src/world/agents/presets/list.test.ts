import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PRESETS } from './list.ts';

const user = { home: '/h', env: {} };

for (const preset of PRESETS.filter(({ name }) => name !== 'scripted'))
  test(`${preset.name}: says how to get it and to log in, and keeps only what is named within its own folders`, () => {
    assert.match(preset.fix, /^Install it with `npm install -g /);
    assert.notEqual(preset.login, '');
    const paths = preset.paths(user);
    assert.ok(paths.every(({ path }) => path.startsWith('/h/.')));
    assert.equal(new Set(paths.map(({ path }) => path)).size, paths.length);
    // Folders that are written whole hold data only: state of opencode.
    const whole = paths.filter(
      ({ path, access }) =>
        access === 'write' && !paths.some((other) => other !== undefined && path.startsWith(`${other.path}/`)),
    );
    assert.deepEqual(
      whole.map(({ path }) => path),
      preset.name === 'opencode' ? ['/h/.local/share/opencode', '/h/.local/state/opencode'] : [],
    );
    assert.ok((preset.credentials?.files(user) ?? []).length > 0);
  });
