import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { SandboxRequest } from '../../sandbox/port.ts';
import type { TurnRequest } from '../port.ts';
import { prepareLaunch } from './launch.ts';

const dir = realpathSync(mkdtempSync(join(tmpdir(), 'omk-launch-')));
after(() => rmSync(dir, { recursive: true, force: true }));
for (const folder of ['bin', 'home/.ssl', 'state/w/tree', 'state/w/scratch', 'checkout'])
  mkdirSync(join(dir, folder), { recursive: true });
writeFileSync(join(dir, 'bin/kimi'), '');
chmodSync(join(dir, 'bin/kimi'), 0o755);
writeFileSync(join(dir, 'home/.ssl/ca.pem'), '');

const request: TurnRequest = {
  agent: { name: 'kimi', preset: 'kimi', argv: ['kimi', 'acp'] },
  session: null,
  prompt: '',
  freshPrompt: '',
  worktree: join(dir, 'state/w/tree'),
  scratch: join(dir, 'state/w/scratch'),
  hidden: [join(dir, 'checkout')],
  env: { LAYER: '1' },
  pathPrefix: ['/layer/bin'],
  turnTimeoutMs: 1,
  idleTimeoutMs: 1,
  marker: 'g.1',
  streamFile: '',
  stderrFile: '',
};

test('what a preset is given, what it sees and what is hidden from it (T12)', async () => {
  let asked: SandboxRequest | null = null;
  const env = {
    PATH: join(dir, 'bin'),
    HOME: join(dir, 'home'),
    KIMI_MODEL_NAME: 'k',
    MOONSHOT_API_KEY: 'a-secret-of-kimi',
    NODE_EXTRA_CA_CERTS: join(dir, 'home/.ssl/ca.pem'),
    OPENAI_API_KEY: 'a-secret-of-another',
    SSH_AUTH_SOCK: '/run/agent',
    npm_config_x: '1',
  };
  const launch = await prepareLaunch(
    {
      stateDir: join(dir, 'state'),
      env,
      home: join(dir, 'home'),
      config: {
        agent: null,
        agents: {},
        signing: { key: null },
        limits: { maxAttempts: null, turnTimeoutMs: null, idleTimeoutMs: null },
      },
      sandboxes: {
        keepsOverlays: async () => false,
        detect: async () => ({ kind: 'none', why: 'test' }),
        wrap: async (wrapped) => {
          asked = wrapped;
          return { argv: wrapped.argv, cwd: wrapped.cwd, env: wrapped.env, sandbox: { kind: 'none', why: 'test' } };
        },
      },
    },
    request,
  );
  assert.equal(launch.kind, 'ready');
  assert.deepEqual(launch.kind === 'ready' && launch.secrets, ['a-secret-of-kimi']);
  const given: SandboxRequest | null = asked;
  assert.deepEqual(given, {
    argv: [join(dir, 'bin/kimi'), 'acp'],
    cwd: request.worktree,
    env: {
      PATH: `/layer/bin:${join(dir, 'bin')}`,
      HOME: join(dir, 'home'),
      TMPDIR: join(request.scratch, 'tmp'),
      LANG: 'C.UTF-8',
      TZ: 'UTC',
      NO_COLOR: '1',
      TERM: 'dumb',
      KIMI_MODEL_NAME: 'k',
      MOONSHOT_API_KEY: 'a-secret-of-kimi',
      NODE_EXTRA_CA_CERTS: join(dir, 'home/.ssl/ca.pem'),
      KIMI_CODE_NO_AUTO_UPDATE: '1',
      LAYER: '1',
      OMK_ATTEMPT: 'g.1',
    },
    network: true,
    view: 'agent',
    binds: [
      { from: join(dir, 'bin'), writable: false },
      { from: join(dir, 'home/.ssl/ca.pem'), writable: false },
      { from: join(dir, 'home/.kimi-code'), writable: true },
      { from: join(dir, 'home/.kimi-code/sessions'), writable: true },
      { from: join(dir, 'home/.kimi-code/credentials'), writable: true },
      { from: request.scratch, writable: true },
      { from: request.worktree, writable: true },
    ],
    hidden: [join(dir, 'state'), join(dir, 'checkout')],
  });
  assert.ok(existsSync(join(request.scratch, 'tmp')));
});
