import { join } from 'node:path';
import { NETWORK_ENV, type Preset, type User } from './preset.ts';

const qwenHome = ({ home, env }: User): string => env['QWEN_HOME'] ?? join(home, '.qwen');

export const qwen: Preset = {
  name: 'qwen',
  program: 'qwen',
  args: ['--acp', '--approval-mode', 'default'],
  fix:
    'Install it with `npm install -g @qwen-code/qwen-code` (it needs Node 22 or newer), then log in with ' +
    '`qwen` or set OPENAI_API_KEY, OPENAI_BASE_URL and OPENAI_MODEL.',
  login: 'qwen',
  node: '22',
  credentials: {
    env: ['OPENAI_API_KEY', 'DASHSCOPE_API_KEY', 'BAILIAN_CODING_PLAN_API_KEY'],
    files: (user) => [join(qwenHome(user), 'oauth_creds.json')],
  },
  needs: 'qwen needs Node 22 or newer as `node` on the PATH',
  env: ['QWEN_*', 'OPENAI_*', 'DASHSCOPE_*', 'BAILIAN_*', ...NETWORK_ENV],
  set: {},
  paths: (user) => [
    { path: qwenHome(user), access: 'copy' },
    { path: join(qwenHome(user), 'projects'), access: 'write' },
    { path: join(qwenHome(user), 'oauth_creds.json'), access: 'write', file: true },
  ],
  readsThroughClient: true,
  usageHome: null,
  mode: 'default',
};
