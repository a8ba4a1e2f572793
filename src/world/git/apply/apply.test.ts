import assert from 'node:assert/strict';
import { existsSync, lstatSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { test } from 'node:test';
import type { CommitId } from '../../../domain/ids.ts';
import type { ApplyResult } from '../port.ts';
import type { Bench, Content } from '../testing/repository.ts';
import {
  benchOf,
  commitAll,
  makeBench,
  makeRepository,
  temporaryDir,
  userGit,
  writeFiles,
} from '../testing/repository.ts';

interface Ready extends Bench {
  readonly commit: CommitId;
  readonly proofs: CommitId;
  apply(options?: { branch?: string; merge?: boolean }): Promise<ApplyResult>;
}

async function withResult(bench: Bench, changes: Record<string, Content>): Promise<Ready> {
  writeFiles(bench.worktree, changes);
  const { candidate } = await bench.snapshot();
  const { vault, pin, root } = bench;
  const commit = await vault.commit({
    tree: candidate,
    parent: pin.commit,
    message: 'Result',
    ref: 'refs/omk/goals/g/result',
    at: 1_700_000_100,
  });
  await vault.commitFiles({
    ref: 'refs/omk/proofs',
    folder: 'f',
    files: new Map([['p', Buffer.from('1')]]),
    message: 'Proof',
    at: 1,
  });
  const proofs = await vault.commitFiles({
    ref: 'refs/omk/proofs',
    folder: 'g',
    files: new Map([['p', Buffer.from('2')]]),
    message: 'Proof',
    at: 2,
  });
  return {
    ...bench,
    commit,
    proofs,
    apply: ({ branch = 'omk/result', merge = false } = {}) =>
      bench.git.apply({ vault, root, commit, goalRef: 'refs/omk/goals/g/result', branch, merge, proofs }),
  };
}

async function ready(
  t: TestContext,
  base: Record<string, Content> = { 'a.txt': 'one\n', 'b.txt': 'two\n' },
): Promise<Ready> {
  return withResult(await makeBench(t, base), { 'a.txt': 'ONE\n', 'n/ew.txt': 'new\n' });
}

test('apply puts the result on a new branch and touches neither the checkout nor anything else', async (t) => {
  const bench = await ready(t);
  const mark = join(bench.dir, 'mark');
  for (const hook of ['reference-transaction', 'post-update', 'update', 'post-checkout', 'post-merge'])
    writeFiles(bench.root, { [`.git/hooks/${hook}`]: { program: `#!/bin/sh\necho x >> '${mark}'\n` } });
  writeFileSync(join(bench.root, 'b.txt'), 'uncommitted\n');
  const index = readFileSync(join(bench.root, '.git/index'));
  assert.deepEqual(await bench.apply(), { kind: 'branch', branch: 'omk/result', commit: bench.commit });
  assert.equal(userGit(bench.root, 'rev-parse', 'omk/result'), bench.commit);
  assert.equal(userGit(bench.root, 'show', 'omk/result:n/ew.txt'), 'new');
  assert.equal(userGit(bench.root, 'rev-parse', 'refs/omk/goals/g/result'), bench.commit);
  assert.equal(userGit(bench.root, 'ls-tree', '-r', '--name-only', 'refs/omk/proofs'), 'f/p\ng/p');
  assert.equal(userGit(bench.root, 'rev-parse', 'HEAD'), bench.pin.commit);
  assert.deepEqual(readFileSync(join(bench.root, '.git/index')), index);
  assert.equal(readFileSync(join(bench.root, 'a.txt'), 'utf8'), 'one\n');
  assert.equal(existsSync(mark), false);
  userGit(bench.root, 'fsck', '--strict');
  assert.equal(existsSync(join(bench.root, '.git/shallow')), false);
  assert.deepEqual(await bench.apply(), { kind: 'branch', branch: 'omk/result', commit: bench.commit });
});

test('a branch that is there, and a name that is none, are said before anything changes', async (t) => {
  const bench = await ready(t);
  userGit(bench.root, 'branch', 'taken', 'HEAD');
  userGit(bench.root, 'branch', 'omk', 'HEAD');
  const before = userGit(bench.root, 'for-each-ref');
  await assert.rejects(bench.apply({ branch: 'taken' }), { code: 'BRANCH_EXISTS', exit: 2 });
  await assert.rejects(bench.apply({ branch: 'omk/below' }), { code: 'REFS_NOT_CHANGED', exit: 2 });
  for (const branch of ['a..b', '-x', '', 'a b', 'x.lock'])
    await assert.rejects(bench.apply({ branch }), { code: 'BRANCH_NAME_INVALID', exit: 2 });
  assert.equal(userGit(bench.root, 'for-each-ref'), before);
});

test('merge goes forward where the branch has not moved', async (t) => {
  const bench = await ready(t);
  const result = await bench.apply({ merge: true });
  assert.deepEqual(result, { kind: 'merged', branch: 'main', commit: bench.commit });
  assert.equal(userGit(bench.root, 'rev-parse', 'HEAD'), bench.commit);
  assert.equal(userGit(bench.root, 'status', '--porcelain'), '');
  assert.equal(readFileSync(join(bench.root, 'a.txt'), 'utf8'), 'ONE\n');
  assert.equal(userGit(bench.root, 'rev-parse', 'omk/result'), bench.commit);
  assert.deepEqual(await bench.apply({ merge: true }), result);
});

test('merge makes a merge commit where the branch has moved elsewhere, with the programs of no one', async (t) => {
  const lines = ['one', 'two', 'three', 'four', 'five', 'six', 'seven'];
  const text = (from: string, to: string): string => `${lines.join('\n')}\n`.replace(from, to);
  const base = await makeBench(t, { '.gitattributes': '*.txt merge=evil\n', 'a.txt': text('', ''), 'b.txt': 'two\n' });
  const bench = await withResult(base, { 'a.txt': text('one', 'ONE') });
  const mark = join(bench.dir, 'mark');
  userGit(bench.root, 'config', 'merge.evil.driver', `echo x >> '${mark}'`);
  writeFiles(bench.root, { 'a.txt': text('seven', 'SEVEN'), 'b.txt': 'TWO\n' });
  const head = commitAll(bench.root, 'Moved on');
  writeFiles(bench.root, { untracked: 'stays', '.git/info/attributes': '*.txt merge=evil\n' });
  const result = await bench.apply({ merge: true });
  assert.equal(result.kind, 'merged');
  assert.equal(userGit(bench.root, 'log', '-1', '--format=%P'), `${head} ${bench.commit}`);
  assert.equal(readFileSync(join(bench.root, 'a.txt'), 'utf8'), text('one', 'ONE').replace('seven', 'SEVEN'));
  assert.equal(readFileSync(join(bench.root, 'b.txt'), 'utf8'), 'TWO\n');
  assert.equal(userGit(bench.root, 'status', '--porcelain'), '?? untracked');
  assert.equal(existsSync(mark), false);
});

test('a merge that is not clean changes nothing and says why', async (t) => {
  const bench = await ready(t);
  const refused = async (code: string, undo: () => void): Promise<void> => {
    const before = [
      userGit(bench.root, 'for-each-ref'),
      readFileSync(join(bench.root, 'a.txt'), 'utf8'),
      userGit(bench.root, 'status', '--porcelain'),
    ];
    await assert.rejects(bench.apply({ merge: true }), { code, exit: 2 });
    assert.deepEqual(
      [
        userGit(bench.root, 'for-each-ref'),
        readFileSync(join(bench.root, 'a.txt'), 'utf8'),
        userGit(bench.root, 'status', '--porcelain'),
      ],
      before,
    );
    undo();
  };
  writeFiles(bench.root, { 'b.txt': 'uncommitted' });
  await refused('CHECKOUT_DIRTY', () => userGit(bench.root, 'checkout', '--quiet', '.'));
  writeFiles(bench.root, { 'n/ew.txt': 'untracked and in the way' });
  await refused('FILE_IN_THE_WAY', () => userGit(bench.root, 'clean', '-fdq'));
  writeFiles(bench.root, { '.git/MERGE_HEAD': `${bench.pin.commit}\n` });
  await refused('CHECKOUT_DIRTY', () => userGit(bench.root, 'merge', '--quit'));
  userGit(bench.root, 'checkout', '--quiet', '--detach');
  await refused('HEAD_DETACHED', () => userGit(bench.root, 'checkout', '--quiet', 'main'));
  writeFiles(bench.root, { 'a.txt': 'another\n' });
  commitAll(bench.root, 'Conflict');
  await refused('MERGE_CONFLICT', () => undefined);
  await assert.rejects(bench.apply({ merge: true }), /a\.txt/);
});

test('a merge of files that a filter handles is left to the user', async (t) => {
  const bench = await ready(t, { '.gitattributes': '*.txt filter=lfs\n', 'a.txt': 'one\n' });
  await assert.rejects(bench.apply({ merge: true }), { code: 'MERGE_NEEDS_FILTER' });
  assert.equal(readFileSync(join(bench.root, 'a.txt'), 'utf8'), 'one\n');
  assert.equal((await bench.apply()).kind, 'branch');
});

test('when the references do not move, the checkout goes back', async (t) => {
  const bench = await ready(t);
  userGit(bench.root, 'branch', 'omk', 'HEAD');
  await assert.rejects(bench.apply({ branch: 'omk/below', merge: true }), { code: 'REFS_NOT_CHANGED' });
  assert.equal(readFileSync(join(bench.root, 'a.txt'), 'utf8'), 'one\n');
  assert.equal(existsSync(join(bench.root, 'n/ew.txt')), false);
  assert.equal(userGit(bench.root, 'status', '--porcelain'), '');
  assert.equal(userGit(bench.root, 'rev-parse', 'HEAD'), bench.pin.commit);
});

test('apply works in a shallow clone and in a linked worktree, of sha256 too', async (t) => {
  const dir = temporaryDir(t);
  const origin = makeRepository(join(dir, 'origin'), { 'a.txt': 'one\n' }, 'sha256');
  writeFiles(origin, { 'b.txt': 'two\n' });
  commitAll(origin, 'Second');
  userGit(dir, 'clone', '--quiet', '--depth=1', `file://${origin}`, 'user');
  const shallow = await withResult(await benchOf(dir, join(dir, 'user')), { 'a.txt': 'ONE\n' });
  writeFiles(shallow.root, { 'c.txt': 'three\n' });
  commitAll(shallow.root, 'Local');
  assert.equal((await shallow.apply({ merge: true })).kind, 'merged');
  assert.equal(userGit(shallow.root, 'status', '--porcelain'), '');

  userGit(origin, 'worktree', 'add', '--quiet', '-b', 'side', join(dir, 'linked'));
  const linked = await withResult(await benchOf(join(dir, 'x'), join(dir, 'linked')), { 'a.txt': 'ONE\n' });
  assert.deepEqual(await linked.apply({ merge: true }), { kind: 'merged', branch: 'side', commit: linked.commit });
  assert.equal(userGit(linked.root, 'status', '--porcelain'), '');
  assert.equal(userGit(origin, 'status', '--porcelain'), '');
});

test('proofs that are in the repository from elsewhere are kept', async (t) => {
  const bench = await ready(t);
  writeFiles(bench.dir, { proof: 'older' });
  const blob = userGit(bench.root, 'hash-object', '-w', join(bench.dir, 'proof'));
  userGit(bench.root, 'update-index', '--add', '--cacheinfo', `100644,${blob},e/p`);
  const older = userGit(bench.root, 'commit-tree', userGit(bench.root, 'write-tree', '--prefix=e/'), '-m', 'older');
  userGit(bench.root, 'update-ref', 'refs/omk/proofs', older);
  userGit(bench.root, 'reset', '--quiet');
  await bench.apply();
  assert.equal(userGit(bench.root, 'ls-tree', '-r', '--name-only', 'refs/omk/proofs'), 'f/p\ng/p\np');
  const joined = userGit(bench.root, 'rev-parse', 'refs/omk/proofs');
  await bench.apply();
  assert.equal(userGit(bench.root, 'rev-parse', 'refs/omk/proofs'), joined);
});

test('a result whose base is gone from the repository is said', async (t) => {
  const bench = await ready(t);
  const other = makeRepository(join(bench.dir, 'other'), { x: '1' });
  const request = {
    vault: bench.vault,
    root: other,
    commit: bench.commit,
    goalRef: 'refs/omk/goals/g/result',
    branch: 'b',
    merge: false,
    proofs: null,
  };
  await assert.rejects(bench.git.apply(request), { code: 'GIT_OBJECT_MISSING' });
});

const FROM = { 'a.txt': 'one\n', 'b.txt': 'two\n', 'gone.txt': 'three\n' };

/** A result that changes `a.txt`, adds `n/ew.txt` and takes `gone.txt` away. */
async function threeChanges(t: TestContext): Promise<Ready> {
  const bench = await makeBench(t, FROM);
  rmSync(join(bench.worktree, 'gone.txt'));
  return withResult(bench, { 'a.txt': 'ONE\n', 'n/ew.txt': 'new\n' });
}

for (const how of ['.git/info/exclude', '.gitignore'] as const)
  test(`merge writes over no file that the user ignores (${how})`, async (t) => {
    const bench = await ready(t);
    writeFiles(bench.root, { [how]: 'ew.txt\n' });
    if (how === '.gitignore') commitAll(bench.root, 'Ignore');
    writeFiles(bench.root, { 'n/ew.txt': 'the only copy\n' });
    await assert.rejects(bench.apply({ merge: true }), { code: 'FILE_IN_THE_WAY', exit: 2, message: /n\/ew\.txt/ });
    assert.equal(readFileSync(join(bench.root, 'n/ew.txt'), 'utf8'), 'the only copy\n');
    writeFiles(bench.root, { 'n/ew.txt': 'new\n' });
    assert.equal((await bench.apply({ merge: true })).kind, 'merged');
  });

test('merge puts no folder in the place of a file of the user, and no file in the place of a folder', async (t) => {
  const base = await makeBench(t, { 'x/old.txt': 'one\n', '.gitignore': 'n\nmine.txt\nlink\n' });
  rmSync(join(base.worktree, 'x'), { recursive: true });
  const bench = await withResult(base, { x: 'a file now\n' });
  writeFiles(bench.root, { 'x/mine.txt': 'the only copy\n' });
  await assert.rejects(bench.apply({ merge: true }), { code: 'FILE_IN_THE_WAY', message: /x\/mine\.txt/ });
  rmSync(join(bench.root, 'x/mine.txt'));
  assert.equal((await bench.apply({ merge: true })).kind, 'merged');
  assert.equal(readFileSync(join(bench.root, 'x'), 'utf8'), 'a file now\n');

  for (const content of ['the only copy\n', { link: 'elsewhere' }]) {
    const other = await ready(t, { 'a.txt': 'one\n' });
    writeFiles(other.root, { '.git/info/exclude': 'n\n', n: content });
    await assert.rejects(other.apply({ merge: true }), { code: 'FILE_IN_THE_WAY', message: /: n\./ });
    assert.ok(lstatSync(join(other.root, 'n')));
  }
});

test('a merge that was ended in the middle is carried on from wherever it was', async (t) => {
  const bench = await threeChanges(t);
  const steps = ['before', 'in the file', 'in the index too'] as const;
  const paths = ['a.txt', 'n/ew.txt', 'gone.txt'] as const;
  for (let state = 0; state < 27; state += 4) {
    const at = paths.map((_, index) => steps[Math.floor(state / 3 ** index) % 3]);
    userGit(bench.root, 'reset', '--quiet', '--hard', bench.pin.commit);
    userGit(bench.root, 'clean', '-fdq');
    if (state > 0) userGit(bench.root, 'branch', '-D', 'omk/result');
    for (const [index, path] of paths.entries()) {
      if (at[index] === 'before') continue;
      if (path === 'gone.txt') rmSync(join(bench.root, path));
      else writeFiles(bench.root, { [path]: path === 'a.txt' ? 'ONE\n' : 'new\n' });
      if (at[index] === 'in the index too') userGit(bench.root, 'add', '--all', '--', path);
    }
    assert.equal((await bench.apply({ merge: true })).kind, 'merged', at.join(', '));
    assert.equal(userGit(bench.root, 'status', '--porcelain'), '', at.join(', '));
    assert.equal(userGit(bench.root, 'rev-parse', 'HEAD'), bench.commit);
  }
});

test('what the user did after a merge that was ended in the middle is not written over', async (t) => {
  const bench = await threeChanges(t);
  writeFiles(bench.root, { 'n/ew.txt': 'new\n', 'a.txt': 'mine\n' });
  await assert.rejects(bench.apply({ merge: true }), { code: 'CHECKOUT_DIRTY', message: /: a\.txt\./ });
  writeFiles(bench.root, { 'a.txt': 'staged\n' });
  userGit(bench.root, 'add', 'a.txt');
  writeFiles(bench.root, { 'a.txt': 'ONE\n' });
  await assert.rejects(bench.apply({ merge: true }), { code: 'CHECKOUT_DIRTY', message: /: a\.txt\./ });
  assert.equal(userGit(bench.root, 'show', ':a.txt'), 'staged');
  userGit(bench.root, 'reset', '--quiet');
  writeFiles(bench.root, { '.git/index.lock': '' });
  await assert.rejects(bench.apply({ merge: true }), { code: 'CHECKOUT_LOCKED', exit: 2, message: /index\.lock/ });
});
