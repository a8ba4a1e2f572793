import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { findBubblewrap } from './bubblewrap.ts';
import { homeOf } from './home.ts';

const found = await findBubblewrap(process.env['PATH'] ?? '/usr/bin:/bin');

test('HOME is the home', () => {
  assert.equal(homeOf({ HOME: '/h' }), '/h');
});

test(
  'a user id that is in no list of users has the home that HOME says, or none, and sandboxes all the same',
  { skip: found.kind === 'none' && found.why },
  () => {
    if (found.kind === 'none') return;
    const script = `
    const { homeOf } = await import(${JSON.stringify(join(import.meta.dirname, 'home.ts'))});
    const { openSandboxes } = await import(${JSON.stringify(join(import.meta.dirname, 'open.ts'))});
    openSandboxes({ env: { PATH: '/usr/bin' } });
    console.log(process.getuid(), homeOf({ HOME: '/h' }), homeOf({}));`;
    const { stdout, stderr } = spawnSync(
      found.program,
      [
        '--ro-bind',
        '/',
        '/',
        '--unshare-user',
        '--uid',
        '54321',
        '--',
        process.execPath,
        '--input-type=module',
        '-e',
        script,
      ],
      { encoding: 'utf8', env: { PATH: '/usr/bin:/bin' } },
    );
    assert.equal(stdout.trim(), '54321 /h null', stderr);
  },
);
