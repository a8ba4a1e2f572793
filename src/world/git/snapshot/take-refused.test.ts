import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { OmkError } from '../../../domain/error.ts';
import { makeBench, paths, writeFiles } from '../testing/repository.ts';
import { openVault } from '../vault/open.ts';

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
