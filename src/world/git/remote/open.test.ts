import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { OmkError } from '../../../domain/error.ts';
import type { CommitId } from '../../../domain/ids.ts';
import type { RemoteRepository } from '../port.ts';
import { benchOf, commitAll, fingerprint, makeBench, userGit, writeFiles, type Bench } from '../testing/repository.ts';

interface Hosted extends Bench {
  readonly hub: string;
  readonly commit: CommitId;
  with<T>(work: (remote: RemoteRepository) => Promise<T>, remote?: string): Promise<T>;
}

/** A result in the vault, and a remote that has the base on `main`. */
async function hosted(t: TestContext, format: 'sha1' | 'sha256' = 'sha1'): Promise<Hosted> {
  const bench = await makeBench(t, { 'a.txt': 'one\n' }, format);
  const hub = join(bench.dir, 'a hub: "bare"');
  userGit(bench.dir, 'init', '--quiet', '--bare', '--initial-branch=main', `--object-format=${format}`, hub);
  userGit(bench.root, 'remote', 'add', 'origin', hub);
  userGit(bench.root, 'push', '--quiet', 'origin', 'HEAD:main');
  writeFiles(bench.worktree, { 'a.txt': 'ONE\n' });
  const { candidate } = await bench.snapshot();
  const commit = await bench.vault.commit({
    tree: candidate,
    parent: bench.pin.commit,
    message: 'Result',
    ref: 'refs/omk/goals/g/result',
    at: 1_700_000_100,
  });
  const { git, vault, root } = bench;
  return {
    ...bench,
    hub,
    commit,
    with: (work, remote) => git.withRemote({ vault, root, remote: remote ?? null, branch: 'main' }, work),
  };
}

for (const format of ['sha1', 'sha256'] as const)
  test(`a result is pushed from the vault, and the clone stays as it is to the byte (${format})`, async (t) => {
    const m = await hosted(t, format);
    const mark = join(m.dir, 'mark');
    for (const hook of ['pre-push', 'reference-transaction', 'post-update'])
      writeFiles(m.root, { [`.git/hooks/${hook}`]: { program: `#!/bin/sh\necho x >> '${mark}'\n` } });
    userGit(m.root, 'config', 'push.followTags', 'true');
    userGit(m.root, 'config', 'remote.origin.fetch', '+refs/heads/*:refs/remotes/origin/*');
    const before = fingerprint(m.root);
    await m.with(async (remote) => {
      assert.deepEqual(await remote.heads(['main', 'none']), {
        main: 'main',
        heads: new Map([['main', m.pin.commit]]),
      });
      assert.deepEqual(await remote.push(m.commit, 'omk/g'), { kind: 'pushed' });
      assert.deepEqual(await remote.push(m.commit, 'omk/g'), { kind: 'pushed' });
    });
    assert.equal(fingerprint(m.root), before);
    assert.equal(existsSync(mark), false);
    assert.equal(userGit(m.hub, 'rev-parse', 'omk/g'), m.commit);
    userGit(m.hub, 'fsck', '--strict');
  });

test('what a branch has is fetched and merged beside the clone, and other content is never pushed over', async (t) => {
  const m = await hosted(t);
  const other = join(m.dir, 'other');
  userGit(m.dir, 'clone', '--quiet', m.hub, other);
  writeFiles(other, { 'b.txt': 'two\n' });
  const tip = commitAll(other, 'Moved');
  userGit(other, 'push', '--quiet', 'origin', 'HEAD:main', 'HEAD:taken');
  const before = fingerprint(m.root);
  await m.with(async (remote) => {
    await remote.fetch('main', tip);
    assert.equal(await remote.isAncestor(m.pin.commit, tip), true);
    assert.equal(await remote.commitsBetween(m.pin.commit, tip), 1);
    const merged = await remote.merge(tip, m.commit);
    assert.equal(merged.kind, 'clean');
    const tree = merged.kind === 'clean' ? merged.tree : '';
    const request = { tree, parents: [m.commit, tip], message: 'Merge', at: 1_700_000_200 };
    const commit = await remote.commit(request);
    assert.equal(await remote.commit(request), commit, 'the same two give the same one');
    assert.deepEqual(await remote.push(m.commit, 'taken'), { kind: 'rejected' });
    await m.vault.fetchBase(remote.dir, commit);
    assert.equal(await m.vault.treeOf(commit), tree, 'it can be judged');
    assert.deepEqual(await remote.push(commit, 'omk/g'), { kind: 'pushed' });
  });
  assert.equal(fingerprint(m.root), before);
  assert.equal(userGit(m.hub, 'rev-parse', 'taken'), tip);
  assert.equal(userGit(m.hub, 'show', 'omk/g:b.txt'), 'two');
  userGit(m.hub, 'fsck', '--strict');
});

test('a shallow clone and a linked worktree deliver too', async (t) => {
  const m = await hosted(t);
  writeFiles(m.root, { 'c.txt': 'three\n' });
  commitAll(m.root, 'Second');
  userGit(m.root, 'push', '--quiet', 'origin', 'HEAD:main');
  userGit(
    m.dir,
    'clone',
    '--quiet',
    '--depth=1',
    `file://${m.hub.replaceAll('"', '%22').replaceAll(' ', '%20')}`,
    'shallow',
  );
  userGit(join(m.dir, 'shallow'), 'worktree', 'add', '--quiet', '-b', 'side', join(m.dir, 'linked'));
  const linked = await benchOf(join(m.dir, 'x'), join(m.dir, 'linked'));
  writeFiles(linked.worktree, { 'a.txt': 'TWO\n' });
  const { candidate } = await linked.snapshot();
  const request = { tree: candidate, parent: linked.pin.commit, message: 'R', ref: 'refs/omk/goals/h/result', at: 1 };
  const commit = await linked.vault.commit(request);
  const { vault, root } = linked;
  await linked.git.withRemote({ vault, root, remote: null, branch: 'side' }, async (remote) => {
    assert.equal(remote.shallow, true);
    assert.deepEqual(await remote.push(commit, 'omk/h'), { kind: 'pushed' });
  });
  assert.equal(userGit(m.hub, 'rev-parse', 'omk/h~'), linked.pin.commit);
});

test('a remote is found by the settings of the user, and its place has no credentials', async (t) => {
  const m = await hosted(t);
  userGit(m.root, 'remote', 'add', 'fork', 'https://mona:secret@github.com/mona/calc.git');
  const name = (remote?: string): Promise<string> => m.with(async (found) => found.name, remote);
  assert.equal(await name(), 'origin');
  userGit(m.root, 'config', 'remote.pushDefault', 'fork');
  assert.equal(await name(), 'fork');
  userGit(m.root, 'config', 'branch.main.pushRemote', 'origin');
  assert.equal(await name(), 'origin');
  assert.deepEqual(await m.with(async ({ place }) => place, 'fork'), {
    host: 'github.com',
    owner: 'mona',
    name: 'calc',
  });
  userGit(m.root, 'config', 'url.git@github.com:octo/.insteadOf', 'octo:');
  userGit(m.root, 'remote', 'add', 'short', 'octo:calc');
  assert.deepEqual(await m.with(async ({ place }) => place, 'short'), {
    host: 'github.com',
    owner: 'octo',
    name: 'calc',
  });
  await assert.rejects(name('nowhere'), { code: 'REMOTE_UNKNOWN', exit: 2 });
});

test('a remote that does not answer, is none, or would start a program is a failure without credentials', async (t) => {
  const m = await hosted(t);
  const mark = join(m.dir, 'mark');
  const urls = {
    closed: ['https://mona:secret@127.0.0.1:1/octo/calc.git', 'REMOTE_UNREACHABLE'],
    gone: [join(m.dir, 'nothing here'), 'REMOTE_NOT_FOUND'],
    runs: [`ext::sh -c "touch ${mark}"`, 'REMOTE_FAILED'],
  } as const;
  for (const [remote, [url, code]] of Object.entries(urls)) {
    userGit(m.root, 'remote', 'add', remote, url);
    await assert.rejects(
      m.with((found) => found.heads(['main']), remote),
      (error) => error instanceof OmkError && error.code === code && !`${error.message}${error.fix}`.includes('secret'),
      remote,
    );
  }
  assert.equal(existsSync(mark), false);
});
