import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, rmSync, symlinkSync, truncateSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { OmkError } from '../../../domain/error.ts';
import type { GitBlobId, TreeId } from '../../../domain/ids.ts';
import { contentOf } from '../testing/disk.ts';
import {
  commitAll,
  benchOf,
  makeBench,
  makeRepository,
  paths,
  temporaryDir,
  userGit,
  writeFiles,
} from '../testing/repository.ts';

test('T8 only tracked files and those the base does not ignore are in the candidate; the salvage has all but the layers', async (t) => {
  const bench = await makeBench(t, {
    '.gitignore': '*.log\nbuild/\n',
    'kept.log': 'tracked though ignored',
    'a.js': '1',
    'sub/.gitignore': 'local\n',
  });
  rmSync(join(bench.worktree, '.gitignore'));
  writeFiles(bench.worktree, {
    '.gitignore': 'sneaky.js\n',
    'sneaky.js': 'ignored by its own rule only',
    'x.log': 'ignored by the base',
    'build/out/deep.js': 'ignored folder',
    'sub/local': 'ignored below',
    local: 'not ignored here',
    'kept.log': 'changed',
    ':(top)x.log': 'an odd name, ignored',
    'node_modules/m/index.js': 'layer',
    '.git/info/exclude': 'a.js\nlocal\n',
  });
  const snapshot = await bench.snapshot({ layers: ['node_modules'] });
  assert.deepEqual(await paths(bench.vault, snapshot.candidate), [
    '.gitignore',
    'a.js',
    'kept.log',
    'local',
    'sneaky.js',
    'sub/.gitignore',
  ]);
  assert.deepEqual(snapshot.ignored, [':(top)x.log', 'build/out/deep.js', 'sub/local', 'x.log']);
  assert.deepEqual(
    (await paths(bench.vault, snapshot.salvage)).filter((path) => !snapshot.ignored.includes(path)),
    await paths(bench.vault, snapshot.candidate),
  );
  assert.equal((await paths(bench.vault, snapshot.salvage)).length, 10);
  assert.deepEqual(snapshot.refused, []);
});

test("T8 what a tool keeps for itself is the base's or nothing, and may go", async (t) => {
  const bench = await makeBench(t, {
    'a.js': '1',
    '.eslintcache': 'of the base',
    'old.tsbuildinfo': 'of the base',
    'same.tsbuildinfo': 'of the base',
  });
  rmSync(join(bench.worktree, 'old.tsbuildinfo'));
  writeFiles(bench.worktree, {
    'a.js': '2',
    '.eslintcache': 'forged',
    'tsconfig.tsbuildinfo': 'forged',
    'src/__pycache__/add.cpython-311.pyc': 'forged',
    'cache/a.js': 'a source',
    '.venv/src/x/.git/HEAD': 'a repository of its own',
  });
  symlinkSync('cache', join(bench.worktree, '.mypy_cache'));
  const snapshot = await bench.snapshot();
  assert.deepEqual(await paths(bench.vault, snapshot.candidate), [
    '.eslintcache',
    'a.js',
    'cache/a.js',
    'same.tsbuildinfo',
  ]);
  assert.equal((await bench.vault.readFile(snapshot.candidate, '.eslintcache'))?.content.toString(), 'of the base');
  assert.equal((await bench.vault.readFile(snapshot.salvage, '.eslintcache'))?.content.toString(), 'forged');
  assert.deepEqual(snapshot.ignored, ['.mypy_cache', 'src/__pycache__/add.cpython-311.pyc', 'tsconfig.tsbuildinfo']);
  assert.deepEqual(snapshot.refused, []);
});

test('T8 a cache of the base that was written to is no change', async (t) => {
  const bench = await makeBench(t, { 'a.js': '1', '.eslintcache': 'of the base' });
  writeFileSync(join(bench.worktree, '.eslintcache'), 'newer');
  assert.equal((await bench.snapshot()).candidate, bench.pin.tree);
});

test('T8 files of the base below a layer stay as the base has them', async (t) => {
  const bench = await makeBench(t, { 'node_modules/m.js': 'committed', 'a.js': '1' });
  writeFileSync(join(bench.worktree, 'node_modules/m.js'), 'patched');
  const snapshot = await bench.snapshot({ layers: ['node_modules'] });
  assert.equal(snapshot.candidate, bench.pin.tree);
  assert.equal(snapshot.salvage, bench.pin.tree);
});

test('T9 no change gives the base tree, and both trees are kept by one ref', async (t) => {
  const bench = await makeBench(t, { '.gitignore': 'i\n', 'a.js': '1' });
  const same = await bench.snapshot();
  assert.equal(same.candidate, bench.pin.tree);
  assert.equal(same.salvage, bench.pin.tree);
  writeFiles(bench.worktree, { i: 'ignored', b: 'new' });
  const next = await bench.snapshot();
  const reachable = userGit(bench.vault.dir, 'rev-list', '--objects', '--no-object-names', next.ref).split('\n');
  assert.ok(reachable.includes(next.candidate) && reachable.includes(next.salvage));
  assert.deepEqual(await bench.snapshot().then(({ candidate, salvage }) => [candidate, salvage]), [
    next.candidate,
    next.salvage,
  ]);
});

test('T9 poisoning .git in the worktree changes nothing and runs nothing', async (t) => {
  const bench = await makeBench(t, { 'a.txt': 'one\r\n', 'b/c.txt': 'two $Id$\n' });
  const mark = join(bench.dir, 'mark');
  const program = `#!/bin/sh\necho run >> '${mark}'\n`;
  const git = join(bench.worktree, '.git');
  writeFiles(bench.worktree, {
    '.git/hooks/post-index-change': { program },
    '.git/hooks/pre-commit': { program },
    '.git/evil.sh': { program },
    '.gitattributes': '* text filter=evil ident eol=lf\n',
    '.git/info/attributes': '* filter=evil\n',
  });
  for (const [key, value] of [
    ['core.fsmonitor', join(git, 'evil.sh')],
    ['filter.evil.clean', join(git, 'evil.sh')],
    ['core.worktree', '/'],
    ['core.attributesFile', '/x'],
  ] as const)
    userGit(bench.worktree, 'config', '--file', join(git, 'config'), key, value);
  writeFileSync(join(git, 'objects/info/alternates'), `${bench.vault.dir}/objects\n`);
  writeFileSync(join(bench.worktree, 'a.txt'), 'changed\r\n');
  const snapshot = await bench.snapshot();
  assert.equal((await bench.vault.readFile(snapshot.candidate, 'a.txt'))?.content.toString(), 'changed\r\n');
  const idIn = async (tree: TreeId, path: string): Promise<GitBlobId | undefined> =>
    (await bench.vault.listTree(tree)).find((entry) => entry.path === path)?.id;
  const after = (path: string) => idIn(snapshot.candidate, path);
  const before = await idIn(bench.pin.tree, 'a.txt');
  assert.match(before ?? '', /^[0-9a-f]{40}$/);
  assert.deepEqual(await bench.vault.diff(bench.pin.tree, snapshot.candidate), [
    {
      path: '.gitattributes',
      change: 'added',
      oldMode: '000000',
      newMode: '100644',
      before: null,
      after: await after('.gitattributes'),
    },
    { path: 'a.txt', change: 'modified', oldMode: '100644', newMode: '100644', before, after: await after('a.txt') },
  ]);
  await bench.vault.checkout(snapshot.candidate, join(bench.dir, 'checkout'));
  assert.deepEqual(contentOf(join(bench.dir, 'checkout')), contentOf(bench.worktree));

  rmSync(git, { recursive: true });
  assert.equal((await bench.snapshot()).candidate, snapshot.candidate);
  writeFileSync(git, `gitdir: ${bench.root}/.git\n`);
  assert.equal((await bench.snapshot()).candidate, snapshot.candidate);
  unlinkSync(git);
  symlinkSync(join(bench.root, '.git'), git);
  assert.equal((await bench.snapshot()).candidate, snapshot.candidate);
  assert.throws(() => execFileSync('cat', [mark], { stdio: 'ignore' }));
});

test('T9 a nested repository is refused, its .git never taken, its files kept; in an ignored folder it is no matter', async (t) => {
  const bench = await makeBench(t, { '.gitignore': 'vendor/\n', 'a.js': '1', 'src/b.js': '2' });
  makeRepository(join(bench.worktree, 'lib/inner'), { 'x.js': 'x' });
  makeRepository(join(bench.worktree, 'vendor/dep'), { 'y.js': 'y' });
  writeFiles(bench.worktree, { 'src/.git': 'gitdir: ../elsewhere\n' });
  const snapshot = await bench.snapshot();
  assert.deepEqual(
    snapshot.refused.map(({ path, code }) => [path, code]),
    [
      ['lib/inner', 'E_NESTED_REPOSITORY'],
      ['src', 'E_NESTED_REPOSITORY'],
    ],
  );
  assert.deepEqual(await paths(bench.vault, snapshot.candidate), ['.gitignore', 'a.js']);
  assert.deepEqual(await paths(bench.vault, snapshot.salvage), [
    '.gitignore',
    'a.js',
    'lib/inner/x.js',
    'src/b.js',
    'vendor/dep/y.js',
  ]);
});

test("T9 the base's submodules stay as they are, filled or empty", async (t) => {
  const dir = temporaryDir(t);
  const sub = makeRepository(join(dir, 'sub'), { 's.js': '1' });
  const root = makeRepository(join(dir, 'user'), { 'a.js': '1' });
  userGit(root, '-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', sub, 'libs/sub');
  commitAll(root, 'Add');
  const bench = await benchOf(dir, root);
  assert.equal((await bench.snapshot()).candidate, bench.pin.tree);
  assert.equal(await bench.vault.readFile(bench.pin.tree, 'libs/sub'), null);
  makeRepository(join(bench.worktree, 'libs/sub'), { 'other.js': '2' });
  const filled = await bench.snapshot();
  assert.equal(filled.candidate, bench.pin.tree);
  assert.deepEqual(filled.refused, []);
  assert.deepEqual(filled.ignored, ['libs/sub/other.js']);
  assert.ok((await paths(bench.vault, filled.salvage)).includes('libs/sub/other.js'));
  rmSync(join(bench.worktree, 'libs/sub'), { recursive: true });
  const [gone, ...others] = await bench.vault.diff(bench.pin.tree, (await bench.snapshot()).candidate);
  assert.deepEqual(others, []);
  const { before, ...rest } = gone ?? {};
  assert.match(before ?? '', /^[0-9a-f]{40}$/);
  assert.deepEqual(rest, { path: 'libs/sub', change: 'deleted', oldMode: '160000', newMode: '000000', after: null });
});

test('T9 modes, links, CRLF, LFS pointers and a tree of sha256 survive unchanged', async (t) => {
  const bench = await makeBench(
    t,
    {
      '.gitattributes':
        '*.txt text eol=lf\n*.bin filter=lfs diff=lfs merge=lfs -text\n*.u16 working-tree-encoding=UTF-16LE\n',
      'crlf.txt': 'a\r\nb\r\n',
      'p.bin': 'version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n',
      'run.sh': { program: '#!/bin/sh\n' },
      link: { link: 'run.sh' },
    },
    'sha256',
  );
  assert.equal((await bench.snapshot()).candidate, bench.pin.tree);
  assert.equal(bench.pin.tree.length, 64);
  writeFiles(bench.worktree, {
    'new.txt': 'c\r\n',
    'new.u16': Buffer.from('a\0b\0', 'latin1'),
    'x.sh': { program: 'x' },
  });
  chmodSync(join(bench.worktree, 'run.sh'), 0o644);
  const snapshot = await bench.snapshot();
  await bench.vault.checkout(snapshot.candidate, join(bench.dir, 'c'));
  assert.deepEqual(contentOf(join(bench.dir, 'c')), contentOf(bench.worktree));
});

test('the empty tree is a base like any other', async (t) => {
  const bench = await makeBench(t, {});
  assert.equal(bench.pin.tree, '4b825dc642cb6eb9a060e54bf8d69288fbee4904');
  assert.equal((await bench.snapshot()).candidate, bench.pin.tree);
  writeFiles(bench.worktree, { 'a/b': '1' });
  const snapshot = await bench.snapshot();
  assert.deepEqual(await paths(bench.vault, snapshot.candidate), ['a/b']);
  assert.ok((await bench.vault.patch(bench.pin.tree, snapshot.candidate)).length > 0);
});

test('a worktree that is gone, or a link in its place, is said and not taken for an empty one', async (t) => {
  const bench = await makeBench(t, { 'a.js': '1' });
  rmSync(bench.worktree, { recursive: true });
  await assert.rejects(bench.snapshot(), (error) => error instanceof OmkError && error.code === 'WORKTREE_GONE');
  symlinkSync(bench.root, bench.worktree);
  await assert.rejects(bench.snapshot(), (error) => error instanceof OmkError && error.code === 'WORKTREE_GONE');
});

test('a file that is larger than one read is hashed whole', async (t) => {
  const bench = await makeBench(t, { 'a.bin': '' });
  truncateSync(join(bench.worktree, 'a.bin'), 3 * 1024 * 1024 + 17);
  const snapshot = await bench.snapshot();
  assert.equal((await bench.vault.readFile(snapshot.candidate, 'a.bin'))?.content.length, 3 * 1024 * 1024 + 17);
  mkdirSync(join(bench.worktree, 'empty/folder'), { recursive: true });
  writeFiles(bench.worktree, { 'b.txt': 'new beside what the vault has' });
  assert.ok((await paths(bench.vault, (await bench.snapshot()).candidate)).includes('b.txt'));
  rmSync(join(bench.worktree, 'b.txt'));
  assert.equal((await bench.snapshot()).candidate, snapshot.candidate);
});
