import assert from 'node:assert/strict';
import { mkdirSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { OmkError } from '../../../domain/error.ts';
import { openGit } from '../open.ts';
import { commitAll, makeRepository, temporaryDir, userGit, writeFiles } from '../testing/repository.ts';

function code(expected: string) {
  return (error: unknown): boolean => {
    assert.ok(error instanceof OmkError, String(error));
    assert.equal(error.code, expected);
    assert.equal(error.exit, 2);
    assert.match(error.message, /\.$/);
    assert.notEqual(error.fix, '');
    return true;
  };
}

const git = openGit({ stateDir: '/nonexistent' });

test('places that are no checkout with commits each give their sentence', async (t) => {
  const dir = temporaryDir(t);
  await assert.rejects(git.inspect(dir), code('NOT_A_REPOSITORY'));
  await assert.rejects(git.inspect(join(dir, 'absent')), code('NOT_A_REPOSITORY'));
  mkdirSync(join(dir, 'empty'));
  userGit(join(dir, 'empty'), 'init', '--quiet');
  await assert.rejects(git.inspect(join(dir, 'empty')), code('NO_COMMITS'));
  userGit(dir, 'init', '--quiet', '--bare', 'bare');
  await assert.rejects(git.inspect(join(dir, 'bare')), code('BARE_REPOSITORY'));
  await assert.rejects(git.inspect(join(dir, 'bare'), 'commits'), code('NO_COMMITS'));
  makeRepository(join(dir, 'inside'), { a: '1' });
  await assert.rejects(git.inspect(join(dir, 'inside', '.git')), code('NOT_A_REPOSITORY'));
});

test('a repository is found from its subdirectories and through a link, with one name', async (t) => {
  const dir = temporaryDir(t);
  const root = makeRepository(join(dir, 'r'), { 'a/b/c.txt': '1' });
  symlinkSync(root, join(dir, 'link'));
  const [top, below, linked] = await Promise.all([
    git.inspect(root),
    git.inspect(join(root, 'a/b')),
    git.inspect(join(dir, 'link')),
  ]);
  assert.deepEqual(below, top);
  assert.deepEqual(linked, top);
  assert.equal(top.pin.root, realpathSync(root));
  assert.equal(top.pin.branch, 'main');
  assert.equal(top.pin.commit, userGit(root, 'rev-parse', 'HEAD'));
  assert.equal(top.pin.tree, userGit(root, 'rev-parse', 'HEAD^{tree}'));
  assert.match(top.pin.id, /^[0-9a-f]{16}$/);
  assert.equal(top.pin.dirty, false);
});

test('detached HEAD, a linked worktree and a repository inside a repository simply work', async (t) => {
  const dir = temporaryDir(t);
  const root = makeRepository(join(dir, 'r'), { a: '1' });
  userGit(root, 'checkout', '--quiet', '--detach');
  const detached = await git.inspect(root);
  assert.equal(detached.detached, true);
  assert.equal(detached.pin.branch, null);

  userGit(root, 'worktree', 'add', '--quiet', '-b', 'feature/x', join(dir, 'linked'));
  const linked = await git.inspect(join(dir, 'linked'));
  assert.equal(linked.pin.branch, 'feature/x');
  assert.equal(linked.pin.id, detached.pin.id);
  assert.equal(linked.gitDir, detached.gitDir);

  const inner = makeRepository(join(root, 'inner'), { b: '2' });
  assert.equal((await git.inspect(inner)).pin.root, realpathSync(inner));
});

test('dirty paths and a policy that differs are said; what is ignored is not dirty', async (t) => {
  const dir = temporaryDir(t);
  const root = makeRepository(join(dir, 'r'), { '.gitignore': '*.log\n.omk/\n', 'a b.txt': '1', 'ü.txt': '2' });
  writeFileSync(join(root, 'x.log'), '');
  assert.equal((await git.inspect(root)).pin.dirty, false);
  writeFileSync(join(root, 'ü.txt'), 'changed');
  writeFileSync(join(root, 'new\n'), '');
  const dirty = await git.inspect(root);
  assert.deepEqual(dirty.dirtyPaths, ['ü.txt', 'new\n']);
  assert.equal(dirty.policyDiffers, false);
  writeFiles(root, { '.omk/gates.toml': '' });
  assert.equal((await git.inspect(root)).policyDiffers, true);
  commitAll(root, 'Policy');
  assert.equal((await git.inspect(root)).policyDiffers, false);
});

test('a shallow clone and a sha256 repository are named as such', async (t) => {
  const dir = temporaryDir(t);
  const root = makeRepository(join(dir, 'r'), { a: '1' });
  commitAll(root, 'Second');
  userGit(dir, 'clone', '--quiet', '--depth=1', `file://${root}`, 'shallow');
  assert.equal((await git.inspect(join(dir, 'shallow'))).shallow, true);
  const other = await git.inspect(makeRepository(join(dir, 's'), { a: '1' }, 'sha256'));
  assert.equal(other.pin.objectFormat, 'sha256');
  assert.equal(other.pin.commit.length, 64);
  assert.equal(other.shallow, false);
});

test('submodules of the base are listed', async (t) => {
  const dir = temporaryDir(t);
  const sub = makeRepository(join(dir, 'sub'), { a: '1' });
  const root = makeRepository(join(dir, 'r'), { a: '1' });
  userGit(root, '-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', sub, 'libs/sub');
  commitAll(root, 'Add');
  const found = await git.inspect(root);
  assert.deepEqual(found.submodules, ['libs/sub']);
  assert.equal(found.pin.dirty, false);
});

test('names that the user ignores in a clone count in its linked worktrees, in a bare repository, and nowhere else', async (t) => {
  const dir = temporaryDir(t);
  const root = makeRepository(join(dir, 'r'), { a: '1' });
  userGit(root, 'worktree', 'add', '--quiet', join(dir, 'linked'));
  userGit(dir, 'clone', '--quiet', '--bare', root, 'bare');
  for (const folder of [join(root, '.git'), join(dir, 'bare')])
    writeFiles(folder, { 'info/exclude': '# of this clone\nlocal.env\n' });
  for (const place of [root, join(dir, 'linked'), join(dir, 'bare')])
    assert.match(await git.personalIgnores(place), /^local\.env$/m, place);
  mkdirSync(join(dir, 'none'));
  assert.equal(await git.personalIgnores(join(dir, 'none')), '');
});
