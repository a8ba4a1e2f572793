import assert from 'node:assert/strict';
import { chmodSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { OmkError } from '../../../domain/error.ts';
import { openGit } from '../open.ts';
import type { AskedChange, FoundChange } from '../port.ts';
import {
  commitAll,
  fingerprint,
  makeRepository,
  temporaryDir,
  userGit,
  writeFiles,
  type Content,
} from '../testing/repository.ts';

interface Bench {
  readonly dir: string;
  readonly root: string;
  /** Asked from the checkout, which is the same to the byte afterwards. */
  find(change: AskedChange, root?: string): Promise<FoundChange>;
  /** Path to change, from the base to what is judged. */
  changes(found: FoundChange): Promise<Readonly<Record<string, string>>>;
}

function bench(t: TestContext, files: Readonly<Record<string, Content>>): Bench {
  const dir = temporaryDir(t);
  const root = makeRepository(join(dir, 'a user'), files);
  const git = openGit({ stateDir: join(dir, 'state') });
  return {
    dir,
    root,
    async find(change, at = root) {
      // Git notes the time at objects that it would have written again.
      const before = fingerprint(at, { times: false });
      const found = await git.change(await git.inspect(at), change);
      assert.equal(fingerprint(at, { times: false }), before);
      return found;
    },
    async changes({ base, tree }) {
      const vault = await git.openVault((await git.inspect(root)).pin);
      // Whole: everything that the tree names is there.
      for (const { path, mode } of await vault.listTree(tree))
        if (mode !== '160000') assert.ok(await vault.readFile(tree, path), path);
      return Object.fromEntries((await vault.diff(base.tree, tree)).map(({ path, change }) => [path, change]));
    },
  };
}

const WORKING: AskedChange = { kind: 'working_tree', base: null };
const STAGED: AskedChange = { kind: 'staged', base: null };
const range = (from: string, to: string): AskedChange => ({ kind: 'range', from, to });
const code = (code: string) => (error: unknown) => error instanceof OmkError && error.code === code;

test('the working tree is what git add --all would commit; the index is what is staged; both leave the checkout alone', async (t) => {
  const b = bench(t, { 'a.txt': 'a\n', 'b.txt': 'b\n', 'gone.txt': 'x\n', '.gitignore': '*.log\n' });
  writeFiles(b.root, { 'a.txt': 'A\n', 'new dir/new file.txt': 'n\n', 'x.log': 'ignored\n', 'staged.txt': 's\n' });
  rmSync(join(b.root, 'gone.txt'));
  userGit(b.root, 'add', 'staged.txt');
  writeFiles(b.root, { 'staged.txt': 'other\n' });
  const found = await b.find(WORKING);
  assert.deepEqual(await b.changes(found), {
    'a.txt': 'modified',
    'gone.txt': 'deleted',
    'new dir/new file.txt': 'added',
    'staged.txt': 'added',
  });
  assert.deepEqual([found.commit, found.base.why, found.name], [null, 'HEAD', 'the working tree']);
  assert.deepEqual(await b.changes(await b.find(STAGED)), { 'staged.txt': 'added' });
});

test('nothing changed is the tree of the base, also where only line ends, times or filters differ', async (t) => {
  const b = bench(t, { 'a.txt': 'a\nb\n', 'c.bin': 'pointer\n', '.gitattributes': '*.bin filter=big\n' });
  const found = await b.find(WORKING);
  assert.equal(found.tree, found.base.tree);
  const mark = join(b.dir, 'mark');
  userGit(b.root, 'config', 'core.autocrlf', 'true');
  userGit(b.root, 'config', 'filter.big.clean', `touch '${mark}'`);
  userGit(b.root, 'config', 'core.fsmonitor', `touch '${mark}'`);
  writeFiles(b.root, { 'a.txt': 'a\r\nb\r\n' });
  const again = await b.find(WORKING);
  assert.equal(again.tree, again.base.tree);
  assert.equal((await b.find(STAGED)).tree, found.tree);
});

test('names are bytes, and files may be programs or links', async (t) => {
  const b = bench(t, { 'a.txt': 'a\n' });
  writeFileSync(Buffer.concat([Buffer.from(`${b.root}/caf`), Buffer.from([0xe9]), Buffer.from('.txt')]), 'x\n');
  writeFiles(b.root, { 'an ü "quoted".txt': 'x\n', run: { program: '#!/bin/sh\n' }, link: { link: 'a.txt' } });
  const git = openGit({ stateDir: join(b.dir, 'state') });
  const names = Object.keys(await b.changes(await git.change(await git.inspect(b.root), WORKING)));
  assert.equal(names.length, 4);
  assert.ok(names.includes('an ü "quoted".txt') && names.includes('link'));
});

test('a repository in a folder and caches of tools are no part of the change; a submodule that was added is', async (t) => {
  const b = bench(t, { 'a.py': 'a\n', '__pycache__/kept.pyc': 'old' });
  makeRepository(join(b.root, 'nested'), { 'x.txt': 'x\n' });
  writeFiles(b.root, { '__pycache__/a.pyc': 'x', '__pycache__/kept.pyc': 'new', 'a.py': 'b\n' });
  const found = await b.find(WORKING);
  assert.deepEqual(await b.changes(found), { 'a.py': 'modified' });
  assert.deepEqual(found.leftOut, ['nested']);
  userGit(b.root, 'add', 'nested');
  assert.deepEqual(Object.keys(await b.changes(await b.find(WORKING))).sort(), ['a.py', 'nested']);
});

test('a file of the same size, written in the second in which the index was, is seen to have changed', async (t) => {
  const b = bench(t, { 'a.txt': 'a\n' });
  const file = join(b.root, 'a.txt');
  const then = 1_700_000_000;
  userGit(b.root, 'config', 'core.trustctime', 'false');
  utimesSync(file, then, then);
  userGit(b.root, 'update-index', '--refresh');
  utimesSync(join(b.root, '.git', 'index'), then, then);
  writeFiles(b.root, { 'a.txt': 'b\n' });
  utimesSync(file, then, then);
  assert.deepEqual(await b.changes(await b.find(WORKING)), { 'a.txt': 'modified' });
});

test('a merge that is not resolved cannot be judged, and is named', async (t) => {
  const b = bench(t, { 'a.txt': 'a\n' });
  userGit(b.root, 'checkout', '-q', '-b', 'other');
  writeFiles(b.root, { 'a.txt': 'b\n' });
  commitAll(b.root, 'other');
  userGit(b.root, 'checkout', '-q', 'main');
  writeFiles(b.root, { 'a.txt': 'c\n' });
  commitAll(b.root, 'main');
  assert.throws(() => userGit(b.root, 'merge', 'other'));
  await assert.rejects(b.find(WORKING), code('INDEX_UNMERGED'));
  await assert.rejects(b.find(STAGED), code('INDEX_UNMERGED'));
});

test(
  'a file that cannot be read is said, and the index can be judged instead',
  { skip: process.getuid?.() === 0 ? 'root reads all' : false },
  async (t) => {
    const b = bench(t, { 'a.txt': 'a\n' });
    writeFiles(b.root, { 'b.txt': 'b\n' });
    chmodSync(join(b.root, 'b.txt'), 0o000);
    await assert.rejects(b.find(WORKING), code('WORKING_TREE_UNREADABLE'));
    assert.deepEqual(await b.changes(await b.find(STAGED)), {});
  },
);

test('a range is what came to its end since it left its beginning, across merges', async (t) => {
  const b = bench(t, { 'a.txt': 'a\n' });
  const start = userGit(b.root, 'rev-parse', 'HEAD');
  userGit(b.root, 'checkout', '-q', '-b', 'feature');
  writeFiles(b.root, { 'f.txt': 'f\n' });
  commitAll(b.root, 'feature');
  userGit(b.root, 'checkout', '-q', 'main');
  writeFiles(b.root, { 'm.txt': 'm\n' });
  const main = commitAll(b.root, 'main moved on');
  const found = await b.find(range('main', 'feature'));
  assert.deepEqual(await b.changes(found), { 'f.txt': 'added' });
  assert.deepEqual([found.base.commit, found.base.why], [start, 'the merge base of main and feature']);
  userGit(b.root, 'checkout', '-q', 'feature');
  userGit(b.root, 'merge', '-q', '-m', 'Merge main', 'main');
  const merged = await b.find(range('main', 'HEAD'));
  assert.deepEqual(await b.changes(merged), { 'f.txt': 'added' });
  assert.deepEqual([merged.base.commit, merged.base.why], [main, 'main']);
  assert.equal(merged.commit, userGit(b.root, 'rev-parse', 'HEAD'));
  assert.equal((await b.find(range('HEAD', 'HEAD'))).tree, merged.tree);
});

test('a revision that is not there, and ends that share no commit, are said with what mends them', async (t) => {
  const b = bench(t, { 'a.txt': 'a\n' });
  for (const name of ['nowhere', '-x', '--all', '', 'a..b'])
    await assert.rejects(b.find(range(name, 'HEAD')), code('REVISION_UNKNOWN'), name);
  await assert.rejects(
    b.find({ kind: 'tree', tree: 'nowhere', base: null }),
    /'nowhere' is neither a tree nor a commit/,
  );
  await assert.rejects(b.find(range('HEAD~1', 'HEAD')), /'HEAD' has no such parent/);
  await assert.rejects(b.find({ kind: 'staged', base: 'nowhere' }), code('REVISION_UNKNOWN'));
  userGit(b.root, 'checkout', '-q', '--orphan', 'alone');
  commitAll(b.root, 'alone');
  await assert.rejects(b.find(range('main', 'alone')), code('NO_MERGE_BASE'));
});

test('in a shallow clone what is there is judged, and what is not is said', async (t) => {
  const b = bench(t, { 'a.txt': 'a\n' });
  for (const name of ['b', 'c', 'd']) {
    writeFiles(b.root, { [`${name}.txt`]: `${name}\n` });
    commitAll(b.root, name);
  }
  const clone = join(b.dir, 'clone');
  userGit(b.dir, 'clone', '-q', '--depth', '2', `file://${b.root}`, clone);
  const found = await b.find(range('HEAD~1', 'HEAD'), clone);
  assert.equal(found.base.why, 'HEAD~1');
  await assert.rejects(
    b.find(range('HEAD~2', 'HEAD'), clone),
    (error) => code('REVISION_UNKNOWN')(error) && error instanceof OmkError && /unshallow/.test(error.fix),
  );
});

test('the base of the working tree is where it left its upstream, else HEAD, with a branch or without one', async (t) => {
  const b = bench(t, { 'a.txt': 'a\n' });
  const clone = join(b.dir, 'clone');
  userGit(b.dir, 'clone', '-q', b.root, clone);
  const first = userGit(clone, 'rev-parse', 'HEAD');
  writeFiles(clone, { 'b.txt': 'b\n' });
  const second = commitAll(clone, 'not pushed');
  writeFiles(clone, { 'c.txt': 'c\n' });
  const git = openGit({ stateDir: join(b.dir, 'state') });
  const base = async () => (await git.change(await git.inspect(clone), WORKING)).base;
  assert.deepEqual(await base().then(({ commit, why }) => [commit, why]), [
    first,
    'the merge base of HEAD and its upstream',
  ]);
  assert.equal((await git.change(await git.inspect(clone), STAGED)).base.commit, second);
  userGit(clone, 'checkout', '-q', '--detach');
  assert.deepEqual(await base().then(({ commit, why }) => [commit, why]), [second, 'HEAD']);
  const asked = await git.change(await git.inspect(clone), { kind: 'working_tree', base: 'HEAD~1' });
  assert.deepEqual([asked.base.commit, asked.base.why], [first, 'HEAD~1']);
});

test('a tree by its id, which no commit has, and a commit by its name', async (t) => {
  const b = bench(t, { 'a.txt': 'a\n' });
  writeFiles(b.root, { 'b.txt': 'b\n' });
  userGit(b.root, 'add', '--all');
  const tree = userGit(b.root, 'write-tree');
  userGit(b.root, 'reset', '-q', '--hard');
  const found = await b.find({ kind: 'tree', tree, base: null });
  assert.deepEqual([found.tree, found.commit], [tree, null]);
  assert.deepEqual(await b.changes(found), { 'b.txt': 'added' });
  const head = await b.find({ kind: 'tree', tree: 'HEAD', base: null });
  assert.equal(head.commit, userGit(b.root, 'rev-parse', 'HEAD'));
});

test('a linked worktree has an index and a HEAD of its own', async (t) => {
  const b = bench(t, { 'a.txt': 'a\n' });
  const linked = join(b.dir, 'linked tree');
  userGit(b.root, 'worktree', 'add', '-q', '-b', 'side', linked);
  writeFiles(linked, { 'b.txt': 'b\n' });
  userGit(linked, 'add', 'b.txt');
  assert.deepEqual(await b.changes(await b.find(STAGED, linked)), { 'b.txt': 'added' });
  assert.deepEqual(await b.changes(await b.find(STAGED)), {});
});
