import assert from 'node:assert/strict';
import { chmodSync, existsSync, lstatSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { OmkError } from '../../../domain/error.ts';
import { contentOf } from '../testing/disk.ts';
import { makeBench, userGit, writeFiles } from '../testing/repository.ts';

function filesBelow(dir: string): string[] {
  return readdirSync(dir, { recursive: true, encoding: 'utf8' }).filter((name) => lstatSync(join(dir, name)).isFile());
}

const ODD = {
  '.gitattributes': '*.txt text eol=crlf ident\n* working-tree-encoding=UTF-16 filter=x\n',
  'a.txt': '$Id$\n',
  'crlf.txt': 'x\r\n',
  'd/run': { program: 'x' },
  l: { link: 'a.txt' },
  'quo"te\n': 'odd',
};

test("T15 an agent's .git holds the base alone and shares nothing with the vault", async (t) => {
  const bench = await makeBench(t, ODD);
  const secret = await bench.vault.commitFiles({
    ref: 'refs/omk/proofs',
    folder: 'g',
    files: new Map([['secret', Buffer.from('of another goal')]]),
    message: 'x',
    at: 1,
  });
  const other = join(bench.dir, 'other');
  await bench.vault.createWorktree(other, bench.pin.commit);
  const git = join(other, '.git');
  assert.equal(existsSync(join(git, 'objects/info/alternates')), false);
  for (const name of filesBelow(git)) {
    const stat = lstatSync(join(git, name));
    assert.equal(stat.nlink, 1, name);
    assert.equal(stat.isSymbolicLink(), false, name);
    assert.ok(
      name.startsWith('objects/pack/') || !readFileSync(join(git, name)).includes(bench.dir),
      `${name} names a path of the machine`,
    );
  }
  const objects = userGit(other, 'cat-file', '--batch-all-objects', '--batch-check=%(objectname)').split('\n').sort();
  const expected = userGit(bench.root, 'rev-list', '--objects', '--no-object-names', 'HEAD').split('\n').sort();
  assert.deepEqual(objects, expected);
  assert.equal(objects.includes(secret), false);
  assert.equal(userGit(other, 'remote'), '');
  assert.equal(
    userGit(other, 'for-each-ref', '--format=%(refname) %(objectname)'),
    `refs/heads/omk ${bench.pin.commit}`,
  );
});

test('a worktree is the base byte for byte, clean for git, and an agent can commit in it', async (t) => {
  const bench = await makeBench(t, ODD);
  assert.deepEqual(contentOf(bench.worktree), contentOf(bench.root));
  assert.equal(userGit(bench.worktree, 'status', '--porcelain'), '');
  assert.equal(userGit(bench.worktree, 'symbolic-ref', 'HEAD'), 'refs/heads/omk');
  assert.equal(userGit(bench.worktree, 'log', '--format=%H'), bench.pin.commit);
  writeFiles(bench.worktree, { 'b.txt': 'new\r\n' });
  userGit(bench.worktree, 'add', '.');
  userGit(bench.worktree, 'commit', '--quiet', '-m', 'Work');
  assert.equal(userGit(bench.worktree, 'config', 'user.email'), 'agent@localhost');
  assert.equal(userGit(bench.worktree, 'status', '--porcelain'), '');
  userGit(bench.worktree, 'fsck', '--strict');
});

test('a worktree is not made over something', async (t) => {
  const bench = await makeBench(t, { a: '1' });
  mkdirSync(join(bench.dir, 'there'));
  writeFileSync(join(bench.dir, 'there/keep'), '');
  await assert.rejects(bench.vault.createWorktree(join(bench.dir, 'there'), bench.pin.commit));
  assert.equal(existsSync(join(bench.dir, 'there/keep')), true);
  await assert.rejects(bench.vault.createWorktree(join(bench.dir, 'half'), '0'.repeat(40)), OmkError);
  assert.equal(existsSync(join(bench.dir, 'half')), false);
});

test('a worktree is removed only with a ref of the vault that keeps it', async (t) => {
  const bench = await makeBench(t, { 'a/b': '1' });
  const refuse = (ref: string): Promise<void> =>
    assert.rejects(
      bench.vault.removeWorktree(bench.worktree, ref),
      (error) => error instanceof OmkError && error.code === 'WORKTREE_NOT_SAFE',
    );
  await refuse('refs/omk/none');
  await refuse('HEAD');
  await refuse(bench.pin.commit);
  await refuse('--all');
  assert.equal(existsSync(join(bench.worktree, 'a/b')), true);
  chmodSync(join(bench.worktree, 'a'), 0o555);
  const { ref } = await bench.snapshot();
  await bench.vault.removeWorktree(bench.worktree, ref);
  assert.equal(existsSync(bench.worktree), false);
  await bench.vault.removeWorktree(bench.worktree, ref);
});
