import assert from 'node:assert/strict';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { benchOf, fingerprint, makeRepository, temporaryDir, userGit, writeFiles } from '../testing/repository.ts';

/** Settings of every kind that make git run a program, each leaving a mark. */
function arm(root: string, mark: string): void {
  const program = join(root, '..', 'mark.sh');
  writeFiles(join(root, '..'), {
    'mark.sh': { program: `#!/bin/sh\necho "$0 $*" >> '${mark}'\ncat 2>/dev/null\nexit 0\n` },
  });
  for (const hook of [
    'post-checkout',
    'post-index-change',
    'reference-transaction',
    'pre-commit',
    'post-commit',
    'post-rewrite',
    'update',
    'post-update',
  ]) {
    writeFiles(root, { [`.git/hooks/${hook}`]: { program: `#!/bin/sh\necho hook >> '${mark}'\n` } });
  }
  const settings: [string, string][] = [
    ['core.fsmonitor', program],
    ['filter.evil.clean', program],
    ['filter.evil.smudge', program],
    ['filter.evil=odd.clean', program],
    ['filter.evil.process', program],
    ['filter.evil.required', 'true'],
    ['diff.evil.textconv', program],
    ['diff.evil.command', program],
    ['diff.external', program],
    ['merge.evil.driver', program],
    ['core.pager', program],
    ['core.sshCommand', program],
    ['uploadpack.packObjectsHook', program],
    ['credential.helper', program],
    ['gpg.program', program],
    ['commit.gpgSign', 'true'],
  ];
  for (const [key, value] of settings) userGit(root, 'config', key, value);
}

test("T15 the user's repository is byte-identical after inspect, fetch, worktree and snapshot, and nothing of it runs", async (t) => {
  const dir = temporaryDir(t);
  const mark = join(dir, 'mark');
  const root = makeRepository(join(dir, 'user'), {
    '.gitattributes': '*.txt filter=evil diff=evil merge=evil\n*.odd filter=evil=odd\n',
    'a.txt': 'one\n',
    'b.odd': 'two\n',
    'c/d.js': 'three\n',
  });
  arm(root, mark);
  // Same size and fresh times: git must look at the contents, which is where filters run.
  writeFileSync(join(root, 'a.txt'), 'ONE\n');
  writeFileSync(join(root, 'b.odd'), 'TWO\n');
  writeFileSync(join(root, 'new.txt'), 'new\n');
  const before = fingerprint(root);
  const bench = await benchOf(dir, root);
  writeFiles(bench.worktree, { 'a.txt': 'changed\n', 'n/e/w.txt': 'new\n' });
  const snapshot = await bench.snapshot();
  await bench.vault.patch(bench.pin.tree, snapshot.candidate);
  await bench.vault.checkout(snapshot.candidate, join(dir, 'checkout'));
  assert.equal(fingerprint(root), before);
  assert.equal(existsSync(mark), false);
  assert.equal(bench.pin.dirty, true);
});

test('the arming of the test above works: plain git does run those programs', (t) => {
  const dir = temporaryDir(t);
  const mark = join(dir, 'mark');
  const root = makeRepository(join(dir, 'user'), { '.gitattributes': '*.txt filter=evil\n', 'a.txt': 'one\n' });
  arm(root, mark);
  writeFileSync(join(root, 'a.txt'), 'ONE\n');
  assert.throws(() => userGit(root, 'status'));
  assert.equal(existsSync(mark), true);
});
