import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { javascript } from '../test/support/ecosystems.ts';
import { machine } from '../test/support/machine.ts';
import { startFakeModel, type Answer } from './fake-model.ts';
import { installKimi, kimiHome, kimiPath } from './install-kimi.ts';
import { install, programFolder } from './install.ts';
import { slow } from '../src/world/gates/testing/tools.ts';

const green = { ...javascript.files, [javascript.subject]: javascript.fixed };
const GOAL = 'Add a subtract function in src/subtract.js and export it';
const PLAN = {
  criteria: [{ id: 'subtracts', text: 'subtract(5, 3) is 2', oracle: true }],
  interface: ['subtract(a, b), exported by src/subtract.js'],
  tasks: [{ id: 't1', title: 'Add subtract' }],
};

const check = (name: string, assertion: string): string =>
  `cat > test/${name}.test.js <<'END'\nimport assert from 'node:assert/strict';\nimport { test } from 'node:test';\n` +
  `import { subtract } from '../src/subtract.js';\n\ntest('${name}', () => ${assertion});\nEND\n`;
const CHECKS =
  check('small', 'assert.equal(subtract(5, 3), 2)') +
  check('below', 'assert.equal(subtract(3, 10), -7)') +
  `mkdir -p omk-oracle/wrong/src && echo 'export const subtract = () => 0;' > omk-oracle/wrong/src/subtract.js`;
const NOTE = {
  criteria: [{ id: 'subtracts', text: 'it subtracts', files: ['test/small.test.js', 'test/below.test.js'] }],
};
const SOLVE = `echo 'export const subtract = (a, b) => a - b;' > src/subtract.js`;

/** The model in all roles. `tool` is how the agent names a tool of the server omk. */
const answers =
  (shell: string, tool: (name: string) => string) =>
  (prompt: string, results: number): Answer => {
    const run = (command: string): Answer => ({
      kind: 'call',
      tool: shell,
      args: { command, description: 'a step of the script' },
    });
    const call = (name: string, args: object): Answer => ({ kind: 'call', tool: tool(name), args: { ...args } });
    if (prompt.includes('Make the plan for this goal')) {
      if (results === 0) return call('plan_submit', { ...PLAN, tasks: [] });
      return results === 1 ? call('plan_submit', PLAN) : { kind: 'say', text: 'Planned.' };
    }
    if (prompt.includes('Write the tests that show')) {
      if (results === 0) return run(CHECKS);
      return results === 1 ? call('check_submit', NOTE) : { kind: 'say', text: 'Written.' };
    }
    return results === 0 ? run(SOLVE) : { kind: 'say', text: 'Done.' };
  };

const kimi = await installKimi();
const opencode = await install({
  program: 'opencode',
  packages: ['opencode-ai@1.18.33'],
  main: 'opencode-linux-x64/bin/opencode',
});

interface Agent {
  readonly preset: string;
  readonly skip: string | false;
  readonly script: ReturnType<typeof answers>;
  /** The environment that points it at the model. */
  readonly configure: (
    dir: string,
    url: string,
  ) => { readonly path: string; readonly env: Readonly<Record<string, string>> };
}

const AGENTS: readonly Agent[] = [
  {
    preset: 'kimi',
    skip: kimi.kind === 'ready' ? false : kimi.why,
    script: answers('Bash', (name) => `mcp__omk__${name}`),
    configure: (dir, url) => ({
      path: kimi.kind === 'ready' ? kimiPath(kimi.main, join(dir, 'programs')) : '',
      env: { ...kimiHome(join(dir, 'home', '.kimi-code'), url) },
    }),
  },
  {
    preset: 'opencode',
    skip: opencode.kind === 'ready' ? false : opencode.why,
    script: answers('bash', (name) => `omk_${name}`),
    configure: (dir, url) => {
      const file = join(dir, 'home', '.config/opencode/opencode.json');
      mkdirSync(dirname(file), { recursive: true });
      const models = { 'fake-model': { name: 'Fake', tool_call: true, limit: { context: 262_144, output: 8192 } } };
      const fake = {
        npm: '@ai-sdk/openai-compatible',
        name: 'Fake',
        options: { baseURL: url, apiKey: 'sk-fake' },
        models,
      };
      writeFileSync(
        file,
        JSON.stringify({
          model: 'fake/fake-model',
          small_model: 'fake/fake-model',
          autoupdate: false,
          share: 'disabled',
          provider: { fake },
        }),
      );
      return {
        path: opencode.kind === 'ready' ? programFolder(join(dir, 'programs'), 'opencode', opencode.main) : '',
        env: { OPENCODE_DISABLE_MODELS_FETCH: '1', OPENCODE_DISABLE_LSP_DOWNLOAD: '1' },
      };
    },
  },
];

for (const { preset, skip, script, configure } of AGENTS)
  test(
    `${preset} plans by the tool of omk, writes tests and does the work, to ready and verified`,
    { skip: skip || (preset === 'opencode' && slow) },
    async (t) => {
      const m = await machine(t, green);
      const model = await startFakeModel(script);
      t.after(() => model.close());
      const { path, env } = configure(m.dir, model.url);
      const ran = await m.omk(['run', '--oracle', 'agent', '--agent', preset, GOAL], {
        env: { ...env, PATH: `${path}:${m.env['PATH']}` },
      });
      assert.equal(ran.code, 0, ran.out + ran.err);
      assert.match(ran.out, /the plan:\n {2}shows {4}subtracts/, 'handed in through the tool, the second time right');
      assert.equal((await m.omk(['verify'])).code, 0);
    },
  );
