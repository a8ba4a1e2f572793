import { join } from 'node:path';
import { NETWORK_ENV, type Preset, type User } from './preset.ts';

const claudeHome = ({ home, env }: User): string => env['CLAUDE_CONFIG_DIR'] ?? join(home, '.claude');

export const claude: Preset = {
  name: 'claude',
  program: 'claude-agent-acp',
  args: [],
  fix:
    'Install it with `npm install -g @agentclientprotocol/claude-agent-acp` (it needs Node 22 or newer), ' +
    'then log in with `claude` (`npm install -g @anthropic-ai/claude-code`).',
  login: 'claude /login',
  node: '22',
  credentials: {
    env: [
      'ANTHROPIC_API_KEY',
      'ANTHROPIC_AUTH_TOKEN',
      'CLAUDE_CODE_OAUTH_TOKEN',
      'CLAUDE_CODE_USE_BEDROCK',
      'CLAUDE_CODE_USE_VERTEX',
    ],
    files: (user) => [join(claudeHome(user), '.credentials.json')],
  },
  needs: 'claude-agent-acp needs Node 22 or newer as `node` on the PATH',
  env: [
    'ANTHROPIC_*',
    'CLAUDE_*',
    'AWS_REGION',
    'AWS_PROFILE',
    'AWS_BEARER_TOKEN_BEDROCK',
    'CLOUD_ML_REGION',
    ...NETWORK_ENV,
  ],
  set: { DISABLE_AUTOUPDATER: '1' },
  paths: (user) => [
    { path: claudeHome(user), access: 'copy' },
    { path: join(claudeHome(user), 'projects'), access: 'write' },
    { path: join(claudeHome(user), '.credentials.json'), access: 'write', file: true },
    // Settings of the account and MCP servers; beside the folder unless the user moved it.
    { path: join(user.env['CLAUDE_CONFIG_DIR'] ?? user.home, '.claude.json'), access: 'copy', file: true },
  ],
  readsThroughClient: true,
  usageHome: null,
  mode: 'default',
};
