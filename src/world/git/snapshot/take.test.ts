import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, rmSync, symlinkSync, truncateSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TreeId } from '../../../domain/ids.ts';
import { OmkError } from '../../../domain/error.ts';
import type { Vault } from '../port.ts';
import { contentOf } from '../testing/disk.ts';
import {
  commitAll,
  benchOf,
  makeBench,
  makeRepository,
  temporaryDir,
  userGit,
  writeFiles,
} from '../testing/repository.ts';
import { openVault } from '../vault/open.ts';

async function paths(vault: Vault, tree: TreeId): Promise<string[]> {
  return (await vault.listTree(tree)).map(({ path }) => path);
}

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
  assert.deepEqual(await bench.vault.diff(bench.pin.tree, snapshot.candidate), [
    { path: '.gitattributes', change: 'added', oldMode: '000000', newMode: '100644' },
    { path: 'a.txt', change: 'modified', oldMode: '100644', newMode: '100644' },
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
  assert.deepEqual(await bench.vault.diff(bench.pin.tree, (await bench.snapshot()).candidate), [
    { path: 'libs/sub', change: 'deleted', oldMode: '160000', newMode: '000000' },
  ]);
});

test('T10 names that some system takes for another are refused, and kept in the salvage where git can', async (t) => {
  const bench = await makeBench(t, { 'Readme.md': '1', 'dir/a.js': '1' });
  const bad = {
    'README.MD': 'E_NAME_COLLISION',
    'DIR/b.js': 'E_NAME_COLLISION',
    'new\nline': 'E_NAME_INVALID',
    'back\\slash': 'E_NAME_INVALID',
    '.GIT': 'E_DOT_GIT',
    'x/.git.': 'E_DOT_GIT',
    'x/.Git ': 'E_DOT_GIT',
    'git~1': 'E_DOT_GIT',
    '.g\u200cit': 'E_DOT_GIT',
    '.git::$INDEX_ALLOCATION': 'E_DOT_GIT',
  } as const;
  for (const path of Object.keys(bad))
    writeFiles(bench.worktree, { [path.startsWith('.GIT') ? `${path}/config` : path]: path });
  writeFiles(bench.worktree, { 'caf\u00e9': 'one', 'cafe\u0301': 'two', 'fine/Ünïcode 日本.txt': 'ok' });
  const raw = Buffer.concat([Buffer.from(`${bench.worktree}/latin`), Buffer.from([0xe9])]);
  writeFileSync(raw, 'not UTF-8');
  const snapshot = await bench.snapshot();
  const codes = Object.fromEntries(snapshot.refused.map(({ path, code }) => [path, code]));
  assert.deepEqual(codes, {
    ...bad,
    'caf\u00e9': 'E_NAME_COLLISION',
    'cafe\u0301': 'E_NAME_COLLISION',
    'latin\\xE9': 'E_NAME_INVALID',
  });
  assert.deepEqual(await paths(bench.vault, snapshot.candidate), ['Readme.md', 'dir/a.js', 'fine/Ünïcode 日本.txt']);
  assert.deepEqual(
    (await paths(bench.vault, snapshot.salvage)).sort(),
    [
      'DIR/b.js',
      'README.MD',
      'Readme.md',
      'back\\slash',
      'cafe\u0301',
      'caf\u00e9',
      'dir/a.js',
      'fine/Ünïcode 日本.txt',
      'latin\\xE9',
      'new\nline',
    ].sort(),
  );
  assert.ok(snapshot.overCap.includes('.GIT/config'));
  await assert.rejects(
    bench.vault.removeWorktree(bench.worktree, snapshot.ref),
    (error) => error instanceof OmkError && error.code === 'WORKTREE_NOT_SAFE',
  );
});

test('T10 what the base already has is no refusal, and a change of case alone is a rename', async (t) => {
  const bench = await makeBench(t, {
    'Foo.js': '1',
    'foo.js': '2',
    'odd\nname': '3',
    'Old.md': '4',
    out: { link: '/etc' },
  });
  writeFiles(bench.worktree, { 'odd\nname': 'changed', 'old.md': '4' });
  unlinkSync(join(bench.worktree, 'Old.md'));
  writeFileSync(join(bench.worktree, 'foo.js'), 'changed');
  const snapshot = await bench.snapshot();
  assert.deepEqual(snapshot.refused, []);
  assert.deepEqual(await paths(bench.vault, snapshot.candidate), ['Foo.js', 'foo.js', 'odd\nname', 'old.md', 'out']);
});

test('T10 new links that leave the tree are refused, however they get there', async (t) => {
  const bench = await makeBench(t, { 'd1/d2/f.js': '1', up: { link: 'd1/..' }, old: { link: '../../outside' } });
  const links = {
    absolute: '/etc/passwd',
    dots: '../x',
    'd1/deep': '../../x',
    git: '.git/config',
    'd1/Git': '../.GIT',
    drive: 'C:/x',
    back: '..\\x',
    through: 'up/../x',
    base: 'old',
    twice: 'twice',
    'd1/d2/top': '../..',
    'd1/d2/hop': 'top/..',
  };
  for (const [path, link] of Object.entries(links)) writeFiles(bench.worktree, { [path]: { link } });
  writeFiles(bench.worktree, { inside: { link: 'd1/../d1/d2' }, dangling: { link: 'no/such' } });
  rmSync(join(bench.worktree, 'd1/d2/f.js'));
  const snapshot = await bench.snapshot();
  const refused = Object.keys(links)
    .filter((path) => path !== 'd1/d2/top')
    .sort();
  assert.deepEqual(
    snapshot.refused.map(({ path, code }) => `${path} ${code}`).sort(),
    refused.map((path) => `${path} E_LINK_ESCAPES`),
  );
  assert.deepEqual(await paths(bench.vault, snapshot.candidate), ['d1/d2/top', 'dangling', 'inside', 'old', 'up']);
  assert.ok((await paths(bench.vault, snapshot.salvage)).includes('absolute'));
});

test('T10 a link in the place of .gitmodules is refused and does not stop the snapshot', async (t) => {
  const bench = await makeBench(t, { 'a.js': '1' });
  writeFiles(bench.worktree, { '.gitmodules': { link: 'a.js' }, 'x/GITMOD~1': { link: 'a.js' } });
  const snapshot = await bench.snapshot();
  assert.deepEqual(
    snapshot.refused.map(({ code }) => code),
    ['E_DOT_GIT', 'E_DOT_GIT'],
  );
  assert.equal(snapshot.candidate, bench.pin.tree);
});

test('T10 large new files do not push the change of a file that is there out of the result', async (t) => {
  const bench = await makeBench(t, { 'z.js': '1' });
  const vault = await openVault(join(bench.dir, 'state'), bench.pin, { fileBytes: 1000, totalBytes: 3000 });
  const big = Object.fromEntries(['a', 'b', 'c', 'd'].map((name) => [`${name}.bin`, name.repeat(900)]));
  writeFiles(bench.worktree, { ...big, 'z.js': '2'.repeat(500) });
  const { refused } = await vault.snapshot({
    worktree: bench.worktree,
    base: bench.pin.tree,
    ref: 'refs/omk/x',
    layers: [],
    message: 'x',
    at: 1,
  });
  assert.deepEqual(
    refused.map(({ path, detail }) => [path, detail]),
    [
      ['c.bin', 'with it the change has more than 1 MB in all'],
      ['d.bin', 'with it the change has more than 1 MB in all'],
    ],
  );
});

test('T10 files over the cap are refused and named, and the worktree cannot be removed', async (t) => {
  const bench = await makeBench(t, { '.gitignore': 'i*\n', 'a.js': '1', 'big.bin': 'x'.repeat(5000) });
  const vault = await openVault(join(bench.dir, 'state'), bench.pin, { fileBytes: 1000, totalBytes: 3000 });
  writeFiles(bench.worktree, {
    large: 'x'.repeat(1001),
    n1: 'x'.repeat(1000),
    n2: 'y'.repeat(1000),
    n3: 'z'.repeat(900),
    n4: 'w'.repeat(500),
    i1: 'v'.repeat(200),
    i2: 'u'.repeat(90),
  });
  const snapshot = await vault.snapshot({
    worktree: bench.worktree,
    base: bench.pin.tree,
    ref: 'refs/omk/x',
    layers: [],
    message: 'x',
    at: 1,
  });
  assert.deepEqual(
    snapshot.refused.map(({ path, code }) => [path, code]),
    [
      ['large', 'E_TOO_LARGE'],
      ['n4', 'E_TOO_LARGE'],
    ],
  );
  assert.deepEqual(snapshot.overCap, ['i1', 'large', 'n4']);
  assert.deepEqual(await paths(vault, snapshot.salvage), ['.gitignore', 'a.js', 'big.bin', 'i2', 'n1', 'n2', 'n3']);
  await assert.rejects(
    vault.removeWorktree(bench.worktree, 'refs/omk/x'),
    (error) => error instanceof OmkError && error.code === 'WORKTREE_NOT_SAFE',
  );
});

test('T10 FIFOs are skipped and named, without waiting for them', async (t) => {
  const bench = await makeBench(t, { 'a.js': '1' });
  execFileSync('mkfifo', [join(bench.worktree, 'pipe'), join(bench.worktree, 'a.fifo')]);
  rmSync(join(bench.worktree, 'a.js'));
  execFileSync('mkfifo', [join(bench.worktree, 'a.js')]);
  const snapshot = await bench.snapshot();
  assert.deepEqual(snapshot.special, ['a.fifo', 'a.js', 'pipe']);
  assert.deepEqual(await paths(bench.vault, snapshot.candidate), []);
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
