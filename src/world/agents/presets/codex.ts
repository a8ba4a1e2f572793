import { join } from 'node:path';
import { NETWORK_ENV, type Preset, type User } from './preset.ts';

const codexHome = ({ home, env }: User): string => env['CODEX_HOME'] ?? join(home, '.codex');

export const codex: Preset = {
  name: 'codex',
  program: 'codex-acp',
  args: ['-c', 'approval_policy="untrusted"'],
  // Its own sandbox cannot start inside of another one, as root not at all; omk's bounds what it runs.
  sandboxedArgs: ['-c', 'sandbox_mode="danger-full-access"'],
  fix:
    'Install it with `npm install -g @zed-industries/codex-acp`, then log in with `codex login` (`npm ' +
    'install -g @openai/codex`) or set OPENAI_API_KEY.',
  login: 'codex login',
  credentials: { env: ['OPENAI_API_KEY', 'CODEX_API_KEY'], files: (user) => [join(codexHome(user), 'auth.json')] },
  needs: null,
  env: ['CODEX_*', 'OPENAI_*', ...NETWORK_ENV],
  set: {},
  paths: (user) => [
    { path: codexHome(user), access: 'copy' },
    { path: join(codexHome(user), 'sessions'), access: 'write' },
    { path: join(codexHome(user), 'auth.json'), access: 'write', file: true },
  ],
  readsThroughClient: true,
  usageHome: null,
  mode: null,
};
