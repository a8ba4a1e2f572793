import { slow } from '../src/world/gates/testing/tools.ts';
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { javascript } from './support/ecosystems.ts';
import { listing, machine, parseRun, writeFiles } from './support/machine.ts';
import { fix, git, oracle, readyGoal } from './support/user.ts';
import { sharedRuns } from './support/shared-runs.ts';

const shared = sharedRuns();

test('kinds of repositories: each works or gets one sentence, and none is touched', async (t) => {
  const m = await machine(t, javascript.files, { runs: shared });
  const elsewhere = join(m.dir, 'elsewhere');
  const in_ = (dir: string, ...args: readonly string[]) =>
    execFileSync('git', args, { cwd: dir, env: m.env, stdio: 'ignore' });
  const run = (cwd: string) => m.omk(['run', '--json', '--agent', oracle(m), 'Make the red test green'], { cwd });
  mkdirSync(elsewhere);
  assert.match((await run(elsewhere)).out, /NOT_A_REPOSITORY/);
  in_(elsewhere, 'init', '-q');
  assert.match((await run(elsewhere)).out, /NO_COMMITS/);
  in_(m.dir, 'clone', '-q', '--bare', m.repository, 'bare.git');
  assert.match((await run(join(m.dir, 'bare.git'))).out, /BARE_REPOSITORY/);

  in_(m.dir, 'clone', '-q', '--depth', '1', `file://${m.repository}`, 'shallow');
  in_(join(m.dir, 'shallow'), 'checkout', '-q', '--detach');
  const inner = join(m.repository, 'inner');
  writeFiles(inner, javascript.files);
  in_(inner, 'init', '-q');
  in_(inner, 'add', '-A');
  execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', 'commit', '-qm', 'Inner'], {
    cwd: inner,
    env: m.env,
  });
  in_(m.dir, 'clone', '-q', m.repository, 'linked-main');
  in_(join(m.dir, 'linked-main'), 'worktree', 'add', '-q', '-b', 'other', '../linked');
  for (const cwd of [join(m.dir, 'shallow'), inner, join(m.dir, 'linked'), join(m.repository, 'src')]) {
    const before = listing(m.dir.concat('/linked-main'));
    const ran = await run(cwd);
    assert.equal(parseRun(ran).status, 'ready', `${cwd}: ${ran.out}${ran.err}`);
    assert.deepEqual(listing(join(m.dir, 'linked-main')), before);
  }
  rmSync(inner, { recursive: true });
});

test('a dirty checkout is allowed: the run starts from the commit and says so', async (t) => {
  const m = await machine(t, javascript.files, { runs: shared });
  writeFileSync(join(m.repository, 'src/add.js'), javascript.fixed);
  writeFiles(m.repository, { '.omk/gates.toml': 'not committed', 'new.txt': 'new' });
  const before = listing(m.repository);
  const ran = await m.omk(['run', '--agent', oracle(m), 'Make the red test green']);
  assert.equal(ran.code, 0, ran.out + ran.err);
  assert.match(ran.err, /uncommitted changes/);
  assert.match(ran.err, /\.omk\/ in the checkout differs/);
  assert.deepEqual(listing(m.repository), before);
});

test('submodules, LFS pointers, links, modes, odd names and CRLF survive a run unchanged', async (t) => {
  const pointer =
    'version https://git-lfs.github.com/spec/v1\noid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393\nsize 12345\n';
  const m = await machine(t, {
    ...javascript.files,
    '.gitattributes': '*.bin filter=lfs diff=lfs merge=lfs -text\n*.txt text=auto eol=crlf\n',
    'big.bin': pointer,
    'crlf.md': 'a\r\nb\r\n',
    'link.js': '-> src/add.js',
    'run.sh': '#!/bin/sh\necho hi\n',
    'ünï/naïve 名.txt': 'x\n',
    '-dash': 'x\n',
  });
  const other = join(m.dir, 'other');
  writeFiles(other, { 'README.md': 'Another repository\n', 'link.md': '-> README.md' });
  for (const args of [
    ['init', '-q'],
    ['add', '.'],
    ['commit', '-qm', 'Start'],
  ])
    git(m, '-C', other, ...args);
  git(m, '-c', 'protocol.file.allow=always', 'submodule', 'add', '-q', other, 'sub');
  git(m, 'commit', '-qm', 'Submodule');
  const goal = await readyGoal(m);
  assert.equal((await m.omk(['goal', 'apply', goal, '--branch', 'result'])).code, 0);
  assert.equal(git(m, 'diff', '--name-only', 'main', 'result'), 'src/add.js');
  assert.ok(existsSync(join(m.repository, 'sub', 'README.md')));
});

test('without a sandbox the same run works, and its proof says so', { skip: slow }, async (t) => {
  const m = await machine(t, { ...javascript.files, ...javascript.dependency.files }, { sandbox: 'none' });
  const run = parseRun(
    await m.omk([
      'run',
      '--json',
      '--agent',
      m.agent({ turns: [{ steps: javascript.dependency.steps }] }),
      'Make the red test green',
    ]),
  );
  assert.equal(run.status, 'ready');
  const codes = run.gaps.map((gap) => gap.code);
  assert.ok(codes.includes('K_NOT_SANDBOXED') && codes.includes('K_AGENT_NOT_SANDBOXED'), codes.join());
  const verified = JSON.parse((await m.omk(['verify', '--json'])).out);
  assert.equal(verified.reached, 'V1');
  assert.ok(!verified.proven.levels.includes('OMK_SANDBOXED'));
});

test('two runs in one repository do not meet', { skip: slow }, async (t) => {
  const m = await machine(t, javascript.files, { runs: shared });
  const agent = (name: string): string =>
    m.agent({ turns: [{ steps: [fix, { write: { path: `${name}.txt`, content: name } }, { say: 'done' }] }] }, name);
  const runs = await Promise.all(
    ['one', 'two'].map(async (name) =>
      parseRun(await m.omk(['run', '--json', '--agent', agent(name), `Goal ${name}`])),
    ),
  );
  for (const [index, run] of runs.entries()) {
    assert.equal(run.status, 'ready');
    assert.deepEqual((await m.omk(['goal', 'diff', run.goal, '--stat'])).out.trim().split('\n').sort(), [
      `added     ${['one', 'two'][index]}.txt`,
      'modified  src/add.js',
    ]);
    assert.equal((await m.omk(['verify', run.goal])).code, 0);
  }
});
