import { join } from 'node:path';
import { NETWORK_ENV, type Preset, type User } from './preset.ts';

const geminiHome = ({ home, env }: User): string => join(env['GEMINI_CLI_HOME'] ?? home, '.gemini');

export const gemini: Preset = {
  name: 'gemini',
  program: 'gemini',
  args: ['--acp'],
  fix: 'Install it with `npm install -g @google/gemini-cli` (it needs Node 20 or newer), then log in with `gemini` or set GEMINI_API_KEY.',
  login: 'gemini',
  node: '20',
  credentials: {
    env: ['GEMINI_API_KEY', 'GOOGLE_API_KEY', 'GOOGLE_APPLICATION_CREDENTIALS'],
    files: (user) => [join(geminiHome(user), 'oauth_creds.json')],
  },
  needs: 'gemini needs Node 20 or newer as `node` on the PATH',
  env: ['GEMINI_*', 'GOOGLE_*', ...NETWORK_ENV],
  // The worktree is new each time, so that nobody could have trusted it before.
  set: { GEMINI_CLI_TRUST_WORKSPACE: 'true', GEMINI_CLI_NO_RELAUNCH: 'true', NO_BROWSER: 'true' },
  paths: (user) => [
    { path: geminiHome(user), access: 'copy' },
    { path: join(geminiHome(user), 'tmp'), access: 'write' },
    { path: join(geminiHome(user), 'oauth_creds.json'), access: 'write', file: true },
  ],
  // It fails to write new files once it reads through the client.
  readsThroughClient: false,
  usageHome: null,
  mode: 'default',
};
