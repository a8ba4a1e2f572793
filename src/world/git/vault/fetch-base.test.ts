import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { OmkError } from '../../../domain/error.ts';
import { openGit } from '../open.ts';
import { contentOf } from '../testing/disk.ts';
import { commitAll, fingerprint, makeRepository, temporaryDir, userGit, writeFiles } from '../testing/repository.ts';

async function fetched(dir: string, root: string, name: string): Promise<string> {
  const git = openGit({ stateDir: join(dir, 'state') });
  const { pin } = await git.inspect(root);
  const vault = await git.openVault(pin);
  const before = fingerprint(root);
  await vault.fetchBase(root, pin.commit);
  assert.equal(fingerprint(root), before);
  assert.equal(await vault.treeOf(pin.commit), pin.tree);
  await vault.checkout(pin.tree, join(dir, name));
  assert.deepEqual(contentOf(join(dir, name)), contentOf(root));
  return vault.dir;
}

test('a base comes without its history, from a full, a shallow and a linked checkout', async (t) => {
  const dir = temporaryDir(t);
  const root = makeRepository(join(dir, 'r'), { 'old.txt': 'old' });
  writeFiles(root, { 'a/b.txt': 'new' });
  commitAll(root, 'Second');
  const vault = await fetched(dir, root, 'c1');
  assert.equal(userGit(vault, 'rev-list', '--count', '--all'), '1');
  userGit(vault, 'fsck', '--strict');

  userGit(dir, 'clone', '--quiet', '--depth=1', `file://${root}`, 'shallow');
  await fetched(dir, join(dir, 'shallow'), 'c2');
  userGit(root, 'worktree', 'add', '--quiet', '-b', 'x', join(dir, 'linked'), 'HEAD^');
  userGit(root, 'pack-refs', '--all');
  const git = openGit({ stateDir: join(dir, 'state') });
  const { pin } = await git.inspect(join(dir, 'linked'));
  const same = await git.openVault(pin);
  assert.equal(same.dir, vault);
  await same.fetchBase(join(dir, 'linked'), pin.commit);
  await same.checkout(pin.tree, join(dir, 'c3'));
  assert.deepEqual(contentOf(join(dir, 'c3')), { 'old.txt': 'file old' });
});

test('a base that is there is not copied again', async (t) => {
  const dir = temporaryDir(t);
  const root = makeRepository(join(dir, 'r'), { a: '1' });
  const vault = await fetched(dir, root, 'c');
  const packs = readdirSync(join(vault, 'objects/pack'));
  const git = openGit({ stateDir: join(dir, 'state') });
  const { pin } = await git.inspect(root);
  await (await git.openVault(pin)).fetchBase('/nonexistent', pin.commit);
  assert.deepEqual(readdirSync(join(vault, 'objects/pack')), packs);
});

test('of a later base only what is new is copied, and nothing is missing then', async (t) => {
  const dir = temporaryDir(t);
  const root = makeRepository(
    join(dir, 'r'),
    Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`d${index % 5}/f${index}`, `content ${index}`])),
  );
  const vault = await fetched(dir, root, 'c1');
  writeFiles(root, { 'd1/f1': 'changed', 'd2/new': 'new' });
  commitAll(root, 'Second');
  await fetched(dir, root, 'c2');
  const packs = readdirSync(join(vault, 'objects/pack')).filter((name) => name.endsWith('.idx'));
  const sizes = packs.map(
    (name) =>
      userGit(vault, 'verify-pack', '--verbose', join('objects/pack', name))
        .split('\n')
        .filter((line) => /^[0-9a-f]{40} /.test(line)).length,
  );
  // A commit, three trees, two files.
  assert.deepEqual(
    sizes.sort((a, b) => a - b),
    [6, 57],
  );
  userGit(vault, 'fsck', '--strict');
});

test('a commit that is not there, and a partial clone without its files, are said', async (t) => {
  const dir = temporaryDir(t);
  const root = makeRepository(join(dir, 'r'), { a: 'x'.repeat(100) });
  const git = openGit({ stateDir: join(dir, 'state') });
  const { pin } = await git.inspect(root);
  const vault = await git.openVault(pin);
  await assert.rejects(
    vault.fetchBase(root, '1'.repeat(40)),
    (error) => error instanceof OmkError && error.code === 'GIT_OBJECT_MISSING',
  );

  userGit(root, 'config', 'uploadpack.allowFilter', 'true');
  userGit(dir, 'clone', '--quiet', '--no-checkout', '--filter=blob:none', `file://${root}`, 'partial');
  const partial = join(dir, 'partial');
  const before = fingerprint(partial);
  const inspected = await git.inspect(partial);
  const other = await git.openVault(inspected.pin);
  await assert.rejects(
    other.fetchBase(partial, inspected.pin.commit),
    (error) => error instanceof OmkError && error.code === 'PARTIAL_CLONE' && error.exit === 2,
  );
  assert.equal(fingerprint(partial), before);
});

test('T15 replace references and grafts of the user change nothing of what is copied', async (t) => {
  const dir = temporaryDir(t);
  const root = makeRepository(join(dir, 'r'), { a: 'true' });
  const [real = '', commit = ''] = [userGit(root, 'rev-parse', 'HEAD:a'), userGit(root, 'rev-parse', 'HEAD')];
  writeFiles(dir, { other: 'replaced' });
  userGit(root, 'replace', real, userGit(root, 'hash-object', '-w', join(dir, 'other')));
  userGit(
    root,
    'replace',
    '-f',
    commit,
    userGit(root, 'commit-tree', '4b825dc642cb6eb9a060e54bf8d69288fbee4904', '-m', 'empty'),
  );
  assert.equal(userGit(root, 'ls-tree', 'HEAD'), '');
  await fetched(dir, root, 'c');
});

test('several at once in one vault do not break each other', async (t) => {
  const dir = temporaryDir(t);
  const root = makeRepository(join(dir, 'r'), { a: '1' });
  const commits = ['2', '3', '4'].map((content) => {
    writeFiles(root, { a: content });
    return commitAll(root, content);
  });
  const vaults = await Promise.all(
    commits.map(async () => {
      const git = openGit({ stateDir: join(dir, 'state') });
      return git.openVault((await git.inspect(root)).pin);
    }),
  );
  await Promise.all(vaults.flatMap((vault) => commits.map((commit) => vault.fetchBase(root, commit))));
  await Promise.all(
    vaults.map(async (vault, index) => {
      const base = commits[index] ?? '';
      const worktree = join(dir, `w${index}`);
      await vault.createWorktree(worktree, base);
      writeFiles(worktree, { new: String(index) });
      const snapshot = await vault.snapshot({
        worktree,
        base: await vault.treeOf(base),
        ref: `refs/omk/goals/g${index}`,
        layers: [],
        message: 'x',
        at: 1,
      });
      await vault.commitFiles({
        ref: 'refs/omk/proofs',
        folder: `g${index}`,
        files: new Map([['proof', Buffer.from(String(index))]]),
        message: 'x',
        at: index,
      });
      assert.equal((await vault.readFile(snapshot.candidate, 'new'))?.content.toString(), String(index));
    }),
  );
  const dirOfVault = vaults[0]?.dir ?? '';
  assert.deepEqual(userGit(dirOfVault, 'ls-tree', '-r', '--name-only', 'refs/omk/proofs').split('\n'), [
    'g0/proof',
    'g1/proof',
    'g2/proof',
  ]);
  assert.equal(existsSync(join(dirOfVault, 'shallow.lock')), false);
  userGit(dirOfVault, 'fsck', '--strict');
});
