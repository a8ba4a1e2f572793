import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { javascript } from './support/ecosystems.ts';
import { machine, parseRun, writeFiles } from './support/machine.ts';
import { slow } from '../src/world/gates/testing/tools.ts';

const fix = { edit: { path: javascript.subject, find: javascript.bug, replace: javascript.fix } };

/** How many git processes a run starts whose agent adds so many files of each kind. */
async function gitProcesses(t: Parameters<typeof machine>[0], count: number): Promise<number> {
  const m = await machine(t, javascript.files);
  const log = join(m.dir, 'git.log');
  const real = execFileSync('sh', ['-c', 'command -v git'], { encoding: 'utf8' }).trim();
  writeFiles(join(m.dir, 'bin'), { git: `#!/bin/sh\necho "$1" >> '${log}'\nexec '${real}' "$@"\n` });
  chmodSync(join(m.dir, 'bin', 'git'), 0o755);
  writeFileSync(log, '');
  const files = (index: number): Record<string, string> => ({
    [`src/new-${index}.js`]: 'export {};\n',
    [`test/new-${index}.test.js`]: `import { test } from 'node:test';\ntest('new ${index}', () => {});\n`,
    [`packages/p${index}/package.json`]: `{ "name": "p${index}" }\n`,
  });
  const all = Object.assign({}, ...Array.from({ length: count }, (_, index) => files(index))) as Record<string, string>;
  const writes = Object.entries(all).map(([path, content]) => ({ write: { path, content } }));
  const agent = m.agent({ turns: [{ steps: [...writes, fix, { say: 'done' }] }] });
  const env = { PATH: `${join(m.dir, 'bin')}:${m.env['PATH']}` };
  const run = parseRun(await m.omk(['run', '--json', '--agent', agent, 'Make the red test green'], { env }));
  assert.ok(['ready', 'blocked_on_human', 'not_ready'].includes(run.status), run.status);
  assert.ok(existsSync(log));
  return readFileSync(log, 'utf8').trim().split('\n').length;
}

test(
  'how many git processes a run starts does not depend on how many files the agent adds',
  { skip: slow },
  async (t) => {
    const [few, many] = [await gitProcesses(t, 2), await gitProcesses(t, 12)];
    assert.ok(few > 10, 'they are counted');
    assert.ok(many <= few + 5, `${few} processes for 6 files, ${many} for 36`);
  },
);
