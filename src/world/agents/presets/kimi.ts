import { join } from 'node:path';
import { NETWORK_ENV, type Preset, type User } from './preset.ts';

const kimiHome = ({ home, env }: User): string => env['KIMI_CODE_HOME'] ?? join(home, '.kimi-code');

export const kimi: Preset = {
  name: 'kimi',
  program: 'kimi',
  args: ['acp'],
  fix: 'Install it with `npm install -g @moonshot-ai/kimi-code` (it needs Node 22.19 or newer), then `kimi login`.',
  login: 'kimi login',
  node: '22.19',
  credentials: {
    env: ['KIMI_MODEL_API_KEY', 'MOONSHOT_API_KEY'],
    files: (user) => [join(kimiHome(user), 'credentials')],
  },
  needs: 'kimi needs Node 22.19 or newer as `node` on the PATH',
  env: ['KIMI_*', 'MOONSHOT_API_KEY', ...NETWORK_ENV],
  // A run must not change the program that runs it.
  set: { KIMI_CODE_NO_AUTO_UPDATE: '1' },
  paths: (user) => {
    const own = kimiHome(user);
    return [
      { path: own, access: 'copy' },
      { path: join(own, 'sessions'), access: 'write' },
      { path: join(own, 'credentials'), access: 'write' },
    ];
  },
  readsThroughClient: true,
  usageHome: kimiHome,
  mode: 'default',
};
