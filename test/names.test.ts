import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { machine, parseRun } from './support/machine.ts';

/** `café` as Latin-1 has it. */
const NAME = Buffer.from('caf\u00e9', 'latin1');

test('names that are not UTF-8, in the base and in the candidate, are kept to the byte and proven', async (t) => {
  const m = await machine(t, { 'README.md': 'x\n' });
  const git = (...args: readonly string[]): Buffer =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...args], { cwd: m.repository, env: m.env });
  const inside = (...parts: readonly Buffer[]): Buffer =>
    Buffer.concat([Buffer.from(m.repository), ...parts.flatMap((part) => [Buffer.from('/'), part])]);
  try {
    mkdirSync(inside(NAME));
  } catch {
    return t.skip('this file system has UTF-8 names only');
  }
  for (const name of ['changed.txt', 'deleted.txt', 'kept\\xE9.txt'])
    writeFileSync(inside(NAME, Buffer.from(name)), 'a\n');
  git('add', '.');
  git('commit', '-qm', 'Names');
  const script = 'cd caf*/ && echo b >> changed.txt && rm deleted.txt && echo c > new.txt';
  const agent = m.agent({
    turns: [
      { steps: [{ write: { path: 'done.txt', content: 'x\n' } }, { run: ['sh', '-c', script] }, { say: 'done' }] },
    ],
  });
  const run = parseRun(
    await m.omk(['run', '--json', '--check', 'test -f done.txt', '--agent', agent, 'Write done.txt']),
  );
  const examined = run.events.findLast((event) => event.type === 'candidate.examined');
  const changes = (examined?.data?.['changes'] ?? []) as readonly { path: string; change: string }[];
  assert.deepEqual(
    changes.map(({ path, change }) => [path, change]),
    [
      ['caf\\xE9/changed.txt', 'modified'],
      ['caf\\xE9/deleted.txt', 'deleted'],
      ['caf\\xE9/new.txt', 'added'],
      ['done.txt', 'added'],
    ],
  );
  assert.equal(run.status, 'ready', JSON.stringify(run.gaps));
  const verified = await m.omk(['verify', 'latest']);
  assert.equal(verified.code, 0, verified.out);
  assert.equal((await m.omk(['goal', 'apply', '--branch', 'result'])).code, 0);
  const names = git('ls-tree', '-r', '-z', '--name-only', 'result').toString('latin1').split('\0');
  assert.deepEqual(
    names.filter((name) => name.startsWith('caf')),
    ['caf\u00e9/changed.txt', 'caf\u00e9/kept\\xE9.txt', 'caf\u00e9/new.txt'],
  );
});
