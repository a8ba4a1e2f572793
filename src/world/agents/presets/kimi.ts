import { join } from 'node:path';
import { NETWORK_ENV, type Preset } from './preset.ts';

export const kimi: Preset = {
  name: 'kimi',
  program: 'kimi',
  args: ['acp'],
  fix: 'Install it with `npm install -g @moonshot-ai/kimi-code` (it needs Node 22.19 or newer), then `kimi login`.',
  login: 'kimi login',
  needs: 'kimi needs Node 22.19 or newer as `node` on the PATH',
  env: ['KIMI_*', 'MOONSHOT_API_KEY', ...NETWORK_ENV],
  // A run must not change the program that runs it.
  set: { KIMI_CODE_NO_AUTO_UPDATE: '1' },
  paths: ({ home, env }) => [{ path: env['KIMI_CODE_HOME'] ?? join(home, '.kimi-code'), writable: true }],
  readsThroughClient: true,
  usageHome: ({ home, env }) => env['KIMI_CODE_HOME'] ?? join(home, '.kimi-code'),
  mode: 'default',
};
