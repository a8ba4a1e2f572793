import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  lstatSync,
  mkdirSync,
  renameSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryDir, writeFiles } from '../testing/repository.ts';
import { ChangedMeanwhile, readContent, readFile } from './read-file.ts';
import { walk } from './walk.ts';

/** Root reads everything, so what must be unreadable is tried as somebody else. */
function asNobody<T>(work: () => T): T {
  const root = process.geteuid?.() === 0;
  if (root) process.seteuid?.(65534);
  try {
    return work();
  } finally {
    if (root) process.seteuid?.(0);
  }
}

const OPTIONS = { skip: new Set<string>(), leaveGit: true };

test('a closed folder and a closed file are opened, not dropped', (t) => {
  const dir = temporaryDir(t);
  writeFiles(dir, { 'closed/in/file': 'work', 'secret.sh': { program: 'x' } });
  if (process.geteuid?.() === 0)
    for (const path of ['', 'closed', 'closed/in', 'closed/in/file', 'secret.sh'])
      chownSync(join(dir, path), 65534, 65534);
  chmodSync(join(dir, 'secret.sh'), 0o100);
  chmodSync(join(dir, 'closed/in'), 0);
  chmodSync(join(dir, 'closed'), 0);
  asNobody(() => {
    const found = walk(dir, OPTIONS);
    assert.deepEqual(
      found.files.map(({ path }) => path),
      ['closed/in/file', 'secret.sh'],
    );
    assert.equal(readFile(dir, { path: 'secret.sh', kind: 'file' }, 'sha1', 100).mode, '100755');
  });
});

test(
  'what cannot be opened at all is an error, not an empty folder',
  { skip: process.geteuid?.() === 0 ? false : 'only root can make a folder of somebody else' },
  (t) => {
    const dir = temporaryDir(t);
    chmodSync(dir, 0o755);
    mkdirSync(join(dir, 'others'), { mode: 0o700 });
    writeFileSync(join(dir, 'file'), 'x', { mode: 0o600 });
    asNobody(() => {
      assert.throws(() => walk(dir, OPTIONS), { code: 'WORKTREE_UNREADABLE', exit: 6 });
      assert.throws(() => readFile(dir, { path: 'file', kind: 'file' }, 'sha1', 100), { code: 'WORKTREE_UNREADABLE' });
    });
  },
);

test('a walk stays inside, names kinds, and does not enter what is left out', (t) => {
  const dir = temporaryDir(t);
  const outside = temporaryDir(t);
  writeFiles(outside, { secret: 'x' });
  writeFiles(dir, {
    'a/b': '1',
    '.git/config': '',
    'sub/.git/config': '',
    'sub/x': '',
    'layer/x': '',
    'a/layer/y': '',
    l: { link: outside },
  });
  execFileSync('mkfifo', [join(dir, 'pipe')]);
  const found = walk(dir, { ...OPTIONS, skip: new Set(['layer', 'a/b']) });
  assert.deepEqual(found.files, [
    { path: 'a/layer/y', kind: 'file' },
    { path: 'l', kind: 'link' },
    { path: 'sub/x', kind: 'file' },
  ]);
  assert.deepEqual([...found.nested], ['sub']);
  assert.deepEqual(found.special, ['pipe']);
  assert.equal(walk(dir, { skip: new Set(), leaveGit: false }).files.length, 7);
});

test('a path too deep to be opened is named', (t) => {
  const dir = temporaryDir(t);
  // Moved together from two halves, since no name reaches the end of the whole.
  const half = Array.from({ length: 12 }, () => '0'.repeat(200)).join('/');
  mkdirSync(join(dir, 'a', half), { recursive: true });
  mkdirSync(join(dir, 'b', half), { recursive: true });
  writeFileSync(join(dir, 'b', half, 'deep'), 'x');
  renameSync(join(dir, 'b'), join(dir, 'a', half, 'b'));
  const found = walk(dir, OPTIONS);
  assert.equal(found.files.length, 0);
  assert.equal(found.tooLong.length, 1);
});

test('a file that becomes another thing between two looks is noticed', (t) => {
  const dir = temporaryDir(t);
  writeFiles(dir, { a: 'one' });
  const file = { path: 'a', kind: 'file' } as const;
  const id = readFile(dir, file, 'sha1', 100).id ?? '';
  assert.equal(readContent(dir, file, 'sha1', id).toString(), 'one');
  writeFileSync(join(dir, 'a'), 'two');
  assert.throws(() => readContent(dir, file, 'sha1', id), ChangedMeanwhile);
  unlinkSync(join(dir, 'a'));
  assert.throws(() => readFile(dir, file, 'sha1', 100), ChangedMeanwhile);
  symlinkSync('/etc/passwd', join(dir, 'a'));
  assert.throws(() => readFile(dir, file, 'sha1', 100), ChangedMeanwhile);
  unlinkSync(join(dir, 'a'));
  execFileSync('mkfifo', [join(dir, 'a')]);
  assert.throws(() => readFile(dir, file, 'sha1', 100), ChangedMeanwhile);
  assert.ok(lstatSync(join(dir, 'a')).isFIFO());
});
