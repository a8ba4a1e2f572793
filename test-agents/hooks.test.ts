import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { javascript } from '../test/support/ecosystems.ts';
import { machine } from '../test/support/machine.ts';
import { install, programFolder, type Installed } from './install.ts';
import { installKimi, kimiHome } from './install-kimi.ts';
import { startModel } from './model.ts';

interface Agent {
  /** Minutes on a busy machine: only with OMK_TEST_SLOW=1. */
  readonly slow?: true;
  readonly name: string;
  readonly install: () => Promise<Installed>;
  readonly args: readonly string[];
  readonly env: (home: string, url: string) => Readonly<Record<string, string>>;
}

const AGENTS: readonly Agent[] = [
  {
    name: 'kimi',
    install: installKimi,
    args: ['-p'],
    env: (home, url) => kimiHome(join(home, '.kimi-code'), `${url}/v1`, 'auto'),
  },
  {
    name: 'claude',
    slow: true,
    install: () =>
      install({
        program: 'claude',
        packages: ['@anthropic-ai/claude-code@2.1.330', '@anthropic-ai/claude-code-linux-x64@2.1.330'],
        main: '@anthropic-ai/claude-code-linux-x64/claude',
      }),
    args: ['--permission-mode', 'bypassPermissions', '-p'],
    env: (home, url) => ({
      CLAUDE_CONFIG_DIR: join(home, '.claude'),
      ANTHROPIC_BASE_URL: url,
      ANTHROPIC_API_KEY: 'sk-ant-fake',
      CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
      DISABLE_AUTOUPDATER: '1',
      IS_SANDBOX: '1',
    }),
  },
  {
    name: 'codex',
    slow: true,
    install: () =>
      install({ program: 'codex', packages: ['@openai/codex@0.169.0'], main: '@openai/codex/bin/codex.js' }),
    // Whether a hook is trusted is asked in its window, which nobody sees here.
    args: ['exec', '--dangerously-bypass-hook-trust', '--dangerously-bypass-approvals-and-sandbox'],
    env: (home, url) => {
      write(home, '.codex/config.toml', codexSettings(url));
      return { CODEX_HOME: join(home, '.codex'), OPENAI_API_KEY: 'sk-fake' };
    },
  },
  {
    name: 'gemini',
    slow: true,
    install: () =>
      install({
        program: 'gemini',
        packages: ['@google/gemini-cli@0.61.0'],
        main: '@google/gemini-cli/bundle/gemini.js',
      }),
    args: ['-m', 'gemini-2.5-flash', '--approval-mode', 'yolo', '-p'],
    env: (home, url) => {
      write(home, '.gemini/settings.json', GEMINI_SETTINGS);
      return {
        GEMINI_API_KEY: 'fake-key',
        GOOGLE_GEMINI_BASE_URL: url,
        GEMINI_CLI_TRUST_WORKSPACE: 'true',
        GEMINI_CLI_NO_RELAUNCH: 'true',
      };
    },
  },
];

function write(home: string, path: string, text: string): void {
  mkdirSync(dirname(join(home, path)), { recursive: true });
  writeFileSync(join(home, path), text);
}

const codexSettings = (url: string): string =>
  `model = "fake-model"\nmodel_provider = "fake"\ncheck_for_update_on_startup = false\nmodel_context_window = 262144\n\n` +
  `[model_providers.fake]\nname = "Fake"\nbase_url = "${url}/v1"\nwire_api = "responses"\nenv_key = "OPENAI_API_KEY"\n\n` +
  `[analytics]\nenabled = false\n`;

const GEMINI_SETTINGS = JSON.stringify({
  security: { auth: { selectedType: 'gemini-api-key' }, folderTrust: { enabled: false } },
  general: { enableAutoUpdate: false },
  privacy: { usageStatisticsEnabled: false },
  telemetry: { enabled: false },
});

const DELETED = 'test/add.test.js';

for (const agent of AGENTS)
  test(
    `${agent.name} says done with a deleted test, is sent back by omk judge, and puts it back`,
    { skip: skipOf(agent) },
    async (t) => {
      const installed = await agent.install();
      if (installed.kind !== 'ready') return t.skip(installed.why);
      const m = await machine(t, { ...javascript.files, [javascript.subject]: javascript.fixed });
      const prompts: string[] = [];
      const model = await startModel((prompt, results) => {
        if (prompts.at(-1) !== prompt) prompts.push(prompt);
        if (results > 0) return { kind: 'say', text: 'Done: all tests pass.' };
        return { kind: 'shell', command: isSentBack(prompt) ? `git checkout -q -- ${DELETED}` : `rm ${DELETED}` };
      });
      t.after(() => model.close());
      const programs = programFolder(join(m.dir, 'programs'), agent.name, installed.main);
      symlinkSync(m.program, join(programs, 'omk'));
      const env = { ...agent.env(join(m.dir, 'home'), model.url), PATH: `${programs}:${m.env['PATH']}` };
      const written = await m.omk(['hooks', 'install', agent.name, '--user', '--yes'], { env });
      assert.equal(written.code, 0, written.err);
      const said = await run(join(programs, agent.name), [...agent.args, 'Tidy up the tests'], m.repository, {
        ...m.env,
        ...env,
      });
      assert.match(said, /^\n/u, 'it ends by itself');
      assert.ok(prompts.some(isSentBack), `${said}\n${prompts.join('\n---\n')}`);
      assert.match(prompts.find(isSentBack) ?? '', /removed test\/add\.test\.js (?:>|&gt;) /u);
      assert.equal(existsSync(join(m.repository, DELETED)), true, said);
      const judged = await m.omk(['judge', '--json']);
      assert.equal(JSON.parse(judged.out).examined?.contractChanges?.length ?? 0, 0);
    },
  );

function skipOf({ slow }: Agent): string | false {
  return slow && process.env['OMK_TEST_SLOW'] !== '1' ? 'slow: OMK_TEST_SLOW=1' : false;
}

const isSentBack = (prompt: string): boolean => prompt.includes('omk judged the change since');

function run(
  program: string,
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>>,
): Promise<string> {
  return new Promise((resolve) => {
    const child = execFile(program, args, { cwd, env, timeout: 300_000 }, (error, out, err) =>
      resolve(`${error?.message ?? ''}\n${out}\n${err}`),
    );
    child.stdin?.end();
  });
}
