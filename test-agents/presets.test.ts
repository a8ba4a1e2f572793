import assert from 'node:assert/strict';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { javascript } from '../test/support/ecosystems.ts';
import { machine, parseRun } from '../test/support/machine.ts';
import type { Agent } from './agent.ts';
import { install, programFolder } from './install.ts';
import { assertMadeAgain } from './made-again.ts';
import { startModel } from './model.ts';
import { OPENCODE } from './opencode.ts';

const AGENTS: readonly Agent[] = [
  {
    preset: 'codex',
    program: 'codex-acp',
    packages: ['@zed-industries/codex-acp@0.16.0'],
    main: '@zed-industries/codex-acp-linux-x64/bin/codex-acp',
    setting: '.codex/AGENTS.md',
    configure: (url) => ({
      files: {
        '.codex/config.toml':
          `model = "fake-model"\nmodel_provider = "fake"\ncheck_for_update_on_startup = false\n` +
          `model_context_window = 262144\n\n[model_providers.fake]\nname = "Fake"\nbase_url = "${url}/v1"\n` +
          `wire_api = "responses"\nenv_key = "OPENAI_API_KEY"\n\n[analytics]\nenabled = false\n`,
      },
      env: { OPENAI_API_KEY: 'sk-fake' },
    }),
  },
  {
    preset: 'gemini',
    slow: true,
    program: 'gemini',
    packages: ['@google/gemini-cli@0.61.0'],
    main: '@google/gemini-cli/bundle/gemini.js',
    setting: '.gemini/GEMINI.md',
    loadsLate: true,
    configure: (url) => ({
      files: {
        '.gemini/settings.json': {
          security: { auth: { selectedType: 'gemini-api-key' } },
          general: { enableAutoUpdate: false },
          privacy: { usageStatisticsEnabled: false },
          telemetry: { enabled: false },
        },
      },
      env: { GEMINI_API_KEY: 'fake-key', GOOGLE_GEMINI_BASE_URL: url },
    }),
  },
  {
    preset: 'qwen',
    slow: true,
    program: 'qwen',
    packages: ['@qwen-code/qwen-code@0.24.4'],
    main: '@qwen-code/qwen-code/cli-entry.js',
    setting: '.qwen/QWEN.md',
    configure: (url) => ({
      files: {
        '.qwen/settings.json': {
          security: { auth: { selectedType: 'openai' } },
          model: { name: 'fake-model' },
          general: { enableAutoUpdate: false },
          privacy: { usageStatisticsEnabled: false },
        },
      },
      env: { OPENAI_API_KEY: 'sk-fake', OPENAI_BASE_URL: `${url}/v1`, OPENAI_MODEL: 'fake-model' },
    }),
  },
  {
    preset: 'claude',
    slow: true,
    program: 'claude-agent-acp',
    packages: ['@agentclientprotocol/claude-agent-acp@0.101.0'],
    main: '@agentclientprotocol/claude-agent-acp/dist/index.js',
    setting: '.claude/CLAUDE.md',
    configure: (url) => ({
      files: { '.claude/settings.json': {} },
      env: { ANTHROPIC_BASE_URL: url, ANTHROPIC_API_KEY: 'sk-ant-fake', CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1' },
    }),
  },
  OPENCODE,
];

for (const agent of AGENTS) {
  const { preset, program, setting } = agent;
  const slow = agent.slow && process.env['OMK_TEST_SLOW'] !== '1' ? 'slow: OMK_TEST_SLOW=1' : false;
  test(`${preset} takes a goal to ready in two turns, and cannot keep what it plants`, { skip: slow }, async (t) => {
    const installed = await install(agent);
    if (installed.kind !== 'ready') return t.skip(installed.why);
    const m = await machine(t, javascript.files);
    const home = join(m.dir, 'home');
    const model = await startModel((prompt, results) => {
      const again = prompt.includes('Not done yet');
      if (results > 0) return { kind: 'say', text: 'Done: all tests pass.' };
      const plant = `cat /etc/os-release >/dev/null; echo planted > '${join(home, setting)}'; echo planted > '${join(home, '.planted')}'`;
      return {
        kind: 'shell',
        command: again
          ? "sed 's/a - b/a + b/' src/add.js > add.tmp && mv add.tmp src/add.js"
          : `echo "// fixed" >> src/add.js; ${plant}; true`,
      };
    });
    t.after(() => model.close());
    const { files, env } = agent.configure(model.url);
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(home, path)), { recursive: true });
      writeFileSync(join(home, path), typeof content === 'string' ? content : JSON.stringify(content));
    }
    const path = `${programFolder(join(m.dir, 'programs'), program, installed.main)}:${m.env['PATH']}`;
    const ran = await m.omk(['run', '--json', '--max-attempts', '1', '--agent', preset, 'Make the red test green'], {
      env: { ...env, PATH: path },
    });
    const run = parseRun(ran);
    assert.equal(run.status, 'ready', (await m.omk(['goal', 'log', run.goal])).out + ran.err);
    const of = (type: string) => run.events.filter((event) => event.type === type).map((event) => event.data ?? {});
    assert.equal(of('turn.ended').length, 2);
    const sessions = new Set(of('session.opened').map((data) => data['session'])).size;
    assert.ok(sessions <= (agent.loadsLate ? 2 : 1), `${sessions} sessions`);
    assert.equal((await m.omk(['verify', run.goal])).code, 0);
    const log = await m.omk(['goal', 'log', run.goal, '--turn', '2']);
    assert.match(log.out, /mv add\.tmp/);
    assert.match(log.out, /Done: all tests pass\./);
    await model.close();
    await assertMadeAgain(m, run.goal);
    for (const planted of [setting, '.planted']) assert.equal(existsSync(join(home, planted)), false, planted);
  });
}
