import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { openSandboxes } from './open.ts';

const sandboxes = openSandboxes({ env: process.env });
const found = await sandboxes.detect();

test(
  'a command can be told another name of the machine',
  { skip: found.kind === 'none' ? found.why : false },
  async () => {
    const request = { cwd: '/', env: { PATH: process.env['PATH'] ?? '' }, network: false, binds: [], hidden: [] };
    const { argv, env } = await sandboxes.wrap({ ...request, argv: ['uname', '-n'], view: 'gate', hostname: 'omk' });
    const [program, ...args] = argv;
    assert.equal(execFileSync(program, args, { env, cwd: '/', encoding: 'utf8' }), 'omk\n');
  },
);
