import type { Agent } from './agent.ts';

export const OPENCODE: Agent = {
  preset: 'opencode',
  slow: true,
  program: 'opencode',
  packages: ['opencode-ai@1.18.33'],
  main: 'opencode-linux-x64/bin/opencode',
  setting: '.config/opencode/AGENTS.md',
  configure: (url) => ({
    files: {
      '.config/opencode/opencode.json': {
        autoupdate: false,
        model: 'fake/fake-model',
        small_model: 'fake/fake-model',
        provider: {
          fake: {
            npm: '@ai-sdk/openai-compatible',
            options: { baseURL: `${url}/v1`, apiKey: 'sk-fake' },
            models: { 'fake-model': { tool_call: true, limit: { context: 262144, output: 8192 } } },
          },
        },
      },
    },
    env: { OPENCODE_DISABLE_MODELS_FETCH: '1', OPENCODE_DISABLE_LSP_DOWNLOAD: '1' },
  }),
};
