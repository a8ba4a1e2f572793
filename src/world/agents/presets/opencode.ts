import { join } from 'node:path';
import { NETWORK_ENV, type Preset, type User } from './preset.ts';

/** Keys of the providers it can speak to. */
const PROVIDER_ENV: readonly string[] = [
  'ANTHROPIC_API_KEY',
  'OPENAI_API_KEY',
  'OPENROUTER_API_KEY',
  'GEMINI_API_KEY',
  'GOOGLE_GENERATIVE_AI_API_KEY',
  'GROQ_API_KEY',
  'MISTRAL_API_KEY',
  'DEEPSEEK_API_KEY',
  'MOONSHOT_API_KEY',
  'XAI_API_KEY',
  'OPENCODE_API_KEY',
];

const dataOf = ({ home, env }: User): string => join(env['XDG_DATA_HOME'] ?? join(home, '.local/share'), 'opencode');

export const opencode: Preset = {
  name: 'opencode',
  program: 'opencode',
  args: ['acp'],
  fix: 'Install it with `npm install -g opencode-ai`, then `opencode auth login`.',
  login: 'opencode auth login',
  needs: null,
  credentials: { env: PROVIDER_ENV, files: (user) => [join(dataOf(user), 'auth.json')] },
  env: [
    ...PROVIDER_ENV,
    'OPENCODE_*',
    'XDG_DATA_HOME',
    'XDG_STATE_HOME',
    'XDG_CACHE_HOME',
    'XDG_CONFIG_HOME',
    ...NETWORK_ENV,
  ],
  set: { OPENCODE_DISABLE_AUTOUPDATE: '1' },
  paths: ({ home, env }) => [
    { path: dataOf({ home, env }), access: 'write' },
    // Programs it downloads and repositories it makes: git runs what their settings say.
    { path: join(dataOf({ home, env }), 'bin'), access: 'copy' },
    { path: join(dataOf({ home, env }), 'snapshot'), access: 'copy' },
    { path: join(env['XDG_STATE_HOME'] ?? join(home, '.local/state'), 'opencode'), access: 'write' },
    { path: join(env['XDG_CACHE_HOME'] ?? join(home, '.cache'), 'opencode'), access: 'copy' },
    // It does not start where it cannot write here, and plugins lie here, which run the next time.
    { path: join(env['XDG_CONFIG_HOME'] ?? join(home, '.config'), 'opencode'), access: 'copy' },
  ],
  readsThroughClient: true,
  usageHome: null,
  mode: null,
};
