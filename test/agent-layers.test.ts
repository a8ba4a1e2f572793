import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { machine, parseRun } from './support/machine.ts';
import { slow } from '../src/world/gates/testing/tools.ts';

const FILES = {
  '.omk/config.toml': `[worktree]\nsetup = "sh -c 'mkdir deps && echo 42 > deps/answer'"\ncache = ["deps"]\n`,
  '.gitignore': 'deps/\n',
  'answer.js': 'export const answer = () => 41;\n',
  'package.json': '{"type":"module","scripts":{"test":"node --test"}}\n',
  'answer.test.js':
    "import assert from 'node:assert';\nimport { readFileSync } from 'node:fs';\n" +
    "import test from 'node:test';\nimport { answer } from './answer.js';\n\n" +
    "test('answers', () => assert.equal(answer(), Number(readFileSync('deps/answer', 'utf8'))));\n",
};

for (const sandbox of ['auto', 'none'] as const)
  test(
    `an unfinished goal keeps no copy of its dependencies, and goes on with them (sandbox ${sandbox})`,
    { skip: sandbox === 'none' && slow },
    async (t) => {
      const m = await machine(t, FILES, sandbox === 'none' ? { sandbox } : {});
      const seen = ['node', '-e', "require('fs').copyFileSync('deps/answer', 'seen.txt')"];
      const agent = m.agent({
        turns: [
          { steps: [{ run: seen }] },
          { steps: [{ run: seen }, { edit: { path: 'answer.js', find: '41', replace: '42' } }] },
        ],
      });
      const limits = ['--max-attempts', '1', '--max-turns', '1'];
      const first = await m.omk(['run', '--json', '--agent', agent, ...limits, 'Make the failing test pass']);
      const { status, goal } = parseRun(first);
      assert.equal(status, 'not_ready', first.err);
      const [attempt = ''] = readdirSync(join(m.state, 'worktrees', goal));
      const tree = join(m.state, 'worktrees', goal, attempt, 'tree');
      assert.ok(existsSync(join(tree, 'seen.txt')), 'the agent saw them');
      assert.ok(!existsSync(join(tree, 'deps', 'answer')), 'they are not there any more');
      const second = parseRun(await m.omk(['goal', 'resume', '--json', goal]));
      assert.notEqual(second.status, 'failed_infra');
    },
  );
