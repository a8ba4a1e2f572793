import { join } from 'node:path';
import { NETWORK_ENV, type Preset } from './preset.ts';

/**
 * What decides which programs kimi runs the next time, also for the user: not the agent's to change. Only what is
 * there can be protected; its sessions and its login, which it renews, are written beside these.
 */
const SETTINGS: readonly string[] = [
  'config.toml',
  'mcp.json',
  'AGENTS.md',
  'agents',
  'commands',
  'hooks',
  'plugins',
  'skills',
];

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
  paths: ({ home, env }) => {
    const own = env['KIMI_CODE_HOME'] ?? join(home, '.kimi-code');
    return [
      { path: own, access: 'write' },
      ...SETTINGS.map((name) => ({ path: join(own, name), access: 'read' }) as const),
    ];
  },
  readsThroughClient: true,
  usageHome: ({ home, env }) => env['KIMI_CODE_HOME'] ?? join(home, '.kimi-code'),
  mode: 'default',
};
