import { slow } from '../src/world/gates/testing/tools.ts';
import assert from 'node:assert/strict';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { javascript } from './support/ecosystems.ts';
import { machine, parseRun, writeFiles, type Machine } from './support/machine.ts';
import { fix, git } from './support/user.ts';
import { sharedRuns } from './support/shared-runs.ts';

const runs = sharedRuns();

const settings = (m: Machine, text: string): void => writeFiles(join(m.dir, 'home'), { '.gitconfig': text });

test("the user's line ends: a clean checkout with CRLF is clean, and merge writes CRLF", async (t) => {
  const m = await machine(t, javascript.files, { runs });
  settings(m, '[core]\n\tautocrlf = true\n');
  for (const path of Object.keys(javascript.files)) rmSync(join(m.repository, path));
  git(m, 'checkout', '--quiet', '.');
  assert.match(readFileSync(join(m.repository, javascript.subject), 'latin1'), /\r\n/);
  assert.equal(git(m, 'status', '--porcelain'), '');
  const agent = m.agent({ turns: [{ steps: [fix, { say: 'done' }] }] });
  const run = parseRun(await m.omk(['run', '--json', '--agent', agent, 'Make the red test green']));
  assert.equal(run.status, 'ready');
  const shown = JSON.parse((await m.omk(['goal', 'show', '--json'])).out);
  assert.equal(shown.state.created.repository.dirty, false);
  const applied = await m.omk(['goal', 'apply', '--merge']);
  assert.equal(applied.code, 0, applied.err);
  const merged = readFileSync(join(m.repository, javascript.subject), 'latin1');
  assert.ok(merged.includes(javascript.fix));
  assert.doesNotMatch(merged, /[^\r]\n/);
  assert.equal(git(m, 'status', '--porcelain'), '');
});

test('what the user ignores everywhere is neither delivered nor written over', { skip: slow }, async (t) => {
  const m = await machine(t, javascript.files, { runs });
  settings(m, '[core]\n\texcludesFile = ~/ignored everywhere\n');
  writeFiles(join(m.dir, 'home'), { 'ignored everywhere': '.idea\n*.swp\n' });
  writeFiles(m.repository, {
    '.git/info/exclude': 'local.env\n',
    'local.env': 'the only copy\n',
    '.idea/a.xml': 'mine\n',
  });
  const write = (path: string) => ({ write: { path, content: 'of the agent\n' } });
  const steps = [fix, ...['.idea/a.xml', 'src/x.swp', 'local.env', 'src/new.js'].map(write), { say: 'done' }];
  const run = parseRun(
    await m.omk(['run', '--json', '--agent', m.agent({ turns: [{ steps }] }), 'Make the red test green']),
  );
  assert.equal(run.status, 'ready');
  const diff = await m.omk(['goal', 'diff', '--stat']);
  assert.match(diff.out, /new\.js/);
  assert.doesNotMatch(diff.out, /\.idea|\.swp|local\.env/);
  const applied = await m.omk(['goal', 'apply', '--merge']);
  assert.equal(applied.code, 0, applied.err);
  assert.equal(readFileSync(join(m.repository, 'local.env'), 'utf8'), 'the only copy\n');
  assert.equal(readFileSync(join(m.repository, '.idea/a.xml'), 'utf8'), 'mine\n');
  assert.equal(existsSync(join(m.repository, 'src/x.swp')), false);
});
