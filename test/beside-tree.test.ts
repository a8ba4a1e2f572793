import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { slow } from '../src/world/gates/testing/tools.ts';
import { javascript } from './support/ecosystems.ts';
import { machine, parseRun, writeFiles, type Machine } from './support/machine.ts';

const fix = { edit: { path: javascript.subject, find: javascript.bug, replace: javascript.fix } };

const git = (m: Machine, ...args: readonly string[]): string =>
  execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', '-c', 'protocol.file.allow=always', ...args], {
    cwd: m.repository,
    env: { ...m.env, GIT_LFS_SKIP_SMUDGE: '1' },
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });

const run = async (m: Machine, steps: readonly unknown[], ...more: readonly string[]) => {
  const ran = await m.omk([
    'run',
    '--json',
    ...more,
    '--agent',
    m.agent({ turns: [{ steps }] }),
    'Make the red test green',
  ]);
  return { ...parseRun(ran), err: ran.err };
};

const delivered = (m: Machine, goal: string): string => {
  const vault = join(m.state, 'vaults', readdirSync(join(m.state, 'vaults'))[0] ?? '');
  return execFileSync(
    'git',
    ['--git-dir', vault, 'diff', '--name-only', `refs/omk/goals/${goal}/result~1`, `refs/omk/goals/${goal}/result`],
    {
      env: m.env,
      encoding: 'utf8',
    },
  ).trim();
};

suite('a checkout of omk has what the user’s clone has', () => {
  const usesSubmodule = `import { test } from 'node:test';
import assert from 'node:assert';
import { seven } from '../vendor/lib/seven.js';
test('seven', () => assert.equal(seven, 7));
`;
  const withSubmodule = async (m: Machine): Promise<void> => {
    const other = join(m.dir, 'other');
    writeFiles(other, {
      'seven.js': 'export const seven = 7;\n',
      'package.json': '{"name":"seven","version":"1.0.0","type":"module","main":"seven.js"}\n',
    });
    for (const args of [
      ['init', '-q'],
      ['add', '.'],
      ['commit', '-qm', 'Start'],
    ])
      git(m, '-C', other, ...args);
    git(m, 'submodule', 'add', '-q', other, 'vendor/lib');
    git(m, 'commit', '-qm', 'Submodule');
  };

  test('the files of submodules: gates and agents see them, and they are no part of the result', async (t) => {
    const m = await machine(t, { ...javascript.files, 'test/uses.test.js': usesSubmodule });
    await withSubmodule(m);
    const touch = { write: { path: 'vendor/lib/more.js', content: '1\n' } };
    const ended = await run(m, [{ run: ['cp', 'vendor/lib/seven.js', 'seen.txt'] }, fix, touch]);
    assert.equal(ended.status, 'ready', ended.err);
    assert.equal(delivered(m, ended.goal), `seen.txt\n${javascript.subject}`);
    assert.equal((await m.omk(['verify'])).code, 0);
  });

  test('and what is installed or set up for the base sees them too', async (t) => {
    const m = await machine(t, {
      ...javascript.files,
      '.omk/config.toml': '[worktree]\nsetup = "test -f vendor/lib/seven.js"\n',
    });
    await withSubmodule(m);
    const explained = await m.omk(['gates', 'explain']);
    assert.match(explained.out, /deps +setup layer/, explained.out);
  });

  test('where the clone does not have them a person is told how to get them, before an agent is paid', async (t) => {
    const m = await machine(t, { ...javascript.files, 'test/uses.test.js': usesSubmodule });
    await withSubmodule(m);
    git(m, 'submodule', 'deinit', '-q', '-f', 'vendor/lib');
    renameSync(join(m.repository, '.git', 'modules'), join(m.dir, 'modules'));
    const ended = await run(m, [fix]);
    assert.equal(ended.status, 'blocked_on_human');
    const shown = await m.omk(['goal', 'show']);
    assert.match(shown.out, /submodule vendor\/lib is not in your clone.*git submodule update --init/);
    renameSync(join(m.dir, 'modules'), join(m.repository, '.git', 'modules'));
    assert.equal((await m.omk(['goal', 'resume'])).code, 0, 'what is mended needs no answer');
  });

  const content = Buffer.from('three\n'.repeat(3));
  const oid = createHash('sha256').update(content).digest('hex');
  const lfs = {
    ...javascript.files,
    '.gitattributes': '*.bin filter=lfs diff=lfs merge=lfs -text\n',
    'data/three.bin': `version https://git-lfs.github.com/spec/v1\noid sha256:${oid}\nsize ${content.length}\n`,
    'test/data.test.js': `import { test } from 'node:test';
import assert from 'node:assert';
import { readFileSync } from 'node:fs';
test('three lines', () => assert.equal(readFileSync('data/three.bin', 'utf8').split('\\n').length, 4));
`,
  };
  const store = (m: Machine): string => {
    const folder = join(m.repository, '.git', 'lfs', 'objects', oid.slice(0, 2), oid.slice(2, 4));
    mkdirSync(folder, { recursive: true });
    return join(folder, oid);
  };

  test('objects of Git LFS that are there; the pointer is what is delivered', async (t) => {
    const m = await machine(t, lfs);
    writeFileSync(store(m), content);
    const ended = await run(m, [fix]);
    assert.equal(ended.status, 'ready', ended.err);
    assert.equal(delivered(m, ended.goal), javascript.subject);
    assert.equal((await m.omk(['verify'])).code, 0);
  });

  test('not an object of Git LFS that is another one', async (t) => {
    const m = await machine(t, lfs);
    writeFileSync(store(m), Buffer.from('x'.repeat(content.length)));
    const gates = await m.omk(['gates', 'run']);
    assert.match(
      gates.err,
      /data\/three\.bin is a pointer of Git LFS, and its content is not in your clone: git lfs fetch/,
    );
  });

  const asksGit = `import { test } from 'node:test';
import assert from 'node:assert';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
const git = (...args) => execFileSync('git', args, { encoding: 'utf8' }).trim();
test('a commit', () => assert.match(git('rev-parse', 'HEAD'), /^[0-9a-f]{40}$/));
test('its subject', () => assert.equal(git('log', '-1', '--format=%s'), 'Start'));
test('files', () => assert.ok(git('ls-files').includes('package.json')));
test('no hooks, no remote', () => {
  assert.equal(git('remote'), '');
  assert.ok(!existsSync('.git/hooks/pre-commit'));
});
test('hooks can be installed', () => {
  mkdirSync('.git/hooks', { recursive: true });
  writeFileSync('.git/hooks/pre-commit', '');
  git('config', 'core.hooksPath', '.hooks');
});
`;

  for (const sandbox of ['auto', 'none'] as const)
    test(`a .git that tests may ask (sandbox ${sandbox}), the same for the base and a candidate`, async (t) => {
      const m = await machine(
        t,
        { ...javascript.files, 'test/git.test.js': asksGit },
        sandbox === 'none' ? { sandbox } : {},
      );
      const ended = await run(m, [fix]);
      assert.equal(ended.status, 'ready', ended.err);
      const runs = ended.events.filter(({ type }) => type === 'gate.measured').map(({ data }) => data?.['beside']);
      const head = git(m, 'rev-parse', 'HEAD').trim();
      assert.ok(runs.length > 2 && runs.every((beside) => JSON.stringify(beside) === JSON.stringify({ git: head })));
      assert.equal((await m.omk(['verify'])).code, 0);
    });
});

suite('.worktreeinclude', { skip: slow }, () => {
  const SECRET = 'Zx81-kept-out-of-git';
  const needsEnv = `import { test } from 'node:test';
import assert from 'node:assert';
import { readFileSync } from 'node:fs';
test('reads .env', () => {
  const text = readFileSync('.env', 'utf8');
  console.log('the value is', text.split('=')[1]);
  assert.match(text, /API_VALUE=/);
});
`;
  const files = {
    ...javascript.files,
    '.gitignore': '.env\nlocal/\n',
    '.worktreeinclude': '# needed by tests\n.env\nREADME.md\n',
    'test/env.test.js': needsEnv,
  };
  const withEnv = async (
    t: { after(f: () => void): void },
    more: Readonly<Record<string, string>> = {},
  ): Promise<Machine> => {
    const m = await machine(t, { ...files, ...more });
    writeFiles(m.repository, { '.env': `API_VALUE=${SECRET}\n`, 'local/other': 'no\n' });
    return m;
  };

  test('gives agents and gates the ignored files that it names: never in a candidate, masked in what is kept', async (t) => {
    const m = await withEnv(t);
    const look = { run: ['sh', '-c', 'test -f .env && ! test -e local/other && cat .env && echo yes > seen.txt'] };
    const ended = await run(m, [look, fix]);
    assert.equal(ended.status, 'ready', ended.err);
    assert.equal(delivered(m, ended.goal), `seen.txt\n${javascript.subject}`);
    assert.ok(ended.gaps.some(({ code, text }) => code === 'K_FILES_INCLUDED' && text.includes('.env')));
    assert.equal((await m.omk(['verify'])).code, 0);
    const found = spawnSync('grep', ['-rlaF', SECRET, m.state], { encoding: 'utf8' });
    assert.deepEqual([found.status, found.stdout], [1, ''], 'the value is nowhere in the state');
  });

  test('does not let an agent deliver the value of such a file', async (t) => {
    const m = await withEnv(t);
    const leak = { write: { path: 'src/leak.js', content: `export const value = '${SECRET}';\n` } };
    const ended = await run(m, [fix, leak], '--max-attempts', '1', '--max-turns', '1');
    assert.equal(ended.status, 'blocked_on_human');
    assert.ok(ended.gaps.some(({ code }) => code === 'G_SECRET'));
  });

  test('is policy: a candidate that changes it needs a person', async (t) => {
    const m = await withEnv(t);
    const ended = await run(
      m,
      [fix, { write: { path: '.worktreeinclude', content: '*\n' } }],
      '--max-attempts',
      '1',
      '--max-turns',
      '1',
    );
    assert.ok(
      ended.gaps.some(({ code }) => code === 'G_POLICY_TOUCHED'),
      JSON.stringify(ended.gaps),
    );
  });

  test('has the same meaning as [worktree] include in .omk/config.toml', async (t) => {
    const m = await withEnv(t, { '.worktreeinclude': '', '.omk/config.toml': '[worktree]\ninclude = [".env"]\n' });
    assert.match(
      (await m.omk(['gates', 'explain'])).out,
      /beside +files of your checkout, by \.worktreeinclude: \.env/,
    );
  });

  test('is mentioned by omk init where there is a .env', async (t) => {
    const m = await withEnv(t);
    assert.doesNotMatch((await m.omk(['init', '--print'])).err, /worktreeinclude/);
    rmSync(join(m.repository, '.worktreeinclude'));
    assert.match(
      (await m.omk(['init', '--print'])).err,
      /do not see \.env\. Where tests need it, name it in \.worktreeinclude/,
    );
  });

  test('names no file that git does not ignore, and not too much', async (t) => {
    const m = await withEnv(t, { '.gitignore': '.env\nbig/\n', '.worktreeinclude': 'untracked\nbig\n' });
    writeFiles(m.repository, { untracked: 'x\n' });
    assert.doesNotMatch((await m.omk(['gates', 'explain'])).out, /beside/);
    writeFiles(m.repository, Object.fromEntries(Array.from({ length: 501 }, (_, n) => [`big/${n}`, 'x'])));
    const ran = await m.omk(['gates', 'explain']);
    assert.deepEqual([ran.code, /INCLUDE_TOO_MUCH/.test(ran.err)], [2, true], ran.err);
  });
});

test('git-lfs itself agrees', async (t) => {
  try {
    execFileSync('git', ['lfs', 'version'], { stdio: 'ignore' });
  } catch {
    return t.skip('git-lfs is not installed');
  }
  const m = await machine(t, { ...javascript.files });
  git(m, 'lfs', 'install', '--local');
  git(m, 'lfs', 'track', '*.bin');
  writeFiles(m.repository, { 'a.bin': 'some content\n' });
  git(m, 'add', '.');
  git(m, 'commit', '-qm', 'With LFS');
  assert.match(git(m, 'show', 'HEAD:a.bin'), /^version https/);
  assert.ok(
    existsSync(join(m.repository, 'a.bin')) && readFileSync(join(m.repository, 'a.bin'), 'utf8') === 'some content\n',
  );
  assert.match((await m.omk(['gates', 'explain'])).out, /beside +objects of Git LFS: a\.bin/);
});
