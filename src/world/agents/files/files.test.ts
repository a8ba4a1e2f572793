import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { readInside } from './read.ts';
import { FileRefused } from './refused.ts';
import { writeInside } from './write.ts';

let home = '';
let tree = '';
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'omk-files-'));
  tree = join(home, 'tree');
  mkdirSync(tree);
  writeFileSync(join(home, 'secret'), 'secret\n');
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const refused = (promise: Promise<unknown>, why: RegExp): Promise<void> =>
  assert.rejects(promise, (error) => error instanceof FileRefused && why.test(error.message));

test('a new file in new directories is written, and nothing else is left', async () => {
  await writeInside(tree, join(tree, 'a/b/c.txt'), 'x\r\n');
  assert.equal(readFileSync(join(tree, 'a/b/c.txt'), 'utf8'), 'x\r\n');
  assert.deepEqual(readdirSync(join(tree, 'a/b')), ['c.txt']);
});

test('the mode of a file that is there is kept, and a hard link to it is broken', async () => {
  const file = join(tree, 'run.sh');
  writeFileSync(file, 'old');
  chmodSync(file, 0o755);
  linkSync(file, join(home, 'other'));
  await writeInside(tree, file, 'new');
  assert.equal(statSync(file).mode & 0o777, 0o755);
  assert.equal(readFileSync(join(home, 'other'), 'utf8'), 'old');
});

test(
  'files of the machine are read when everybody may read them; no others, no settings of npm, and nothing ' +
    'through a link out',
  async () => {
    const { isOfSystem, readOfSystem } = await import('./read.ts');
    assert.match(await readOfSystem('/etc/passwd', { limit: 1 }), /^\S/);
    for (const path of ['/etc/shadow', '/etc/gshadow'])
      await refused(readOfSystem(path, {}), /outside|cannot be opened|not exist/);
    for (const path of ['/etc/../srv/x', '/home/x', '/etc', 'etc/passwd', '/usr//bin/x'])
      assert.equal(isOfSystem(path), false, path);
    await refused(readOfSystem('/usr/../etc/passwd/x', {}), /not exist|outside/);
  },
);

test('writes outside, through links and into protected places are refused', async () => {
  symlinkSync(home, join(tree, 'out'));
  symlinkSync(join(home, 'secret'), join(tree, 'link'));
  symlinkSync(join(home, 'absent'), join(tree, 'dangling'));
  mkdirSync(join(tree, 'real'));
  symlinkSync('real', join(tree, 'alias'));
  mkdirSync(join(tree, '.git'));
  await refused(writeInside(tree, 'a.txt', ''), /not an absolute/);
  await refused(writeInside(tree, join(home, 'x'), ''), /outside/);
  await refused(writeInside(tree, `${tree}/../x`, ''), /contains \.\./);
  await refused(writeInside(tree, `${tree}house/x`, ''), /outside/);
  await refused(writeInside(tree, join(tree, 'out/x'), ''), /is a link/);
  await refused(writeInside(tree, join(tree, 'alias/x'), ''), /is a link/);
  await refused(writeInside(tree, join(tree, 'link'), ''), /is a link/);
  await refused(writeInside(tree, join(tree, 'dangling'), ''), /is a link/);
  await refused(writeInside(tree, join(tree, '.git/config'), ''), /protected/);
  await refused(writeInside(tree, join(tree, '.Git/hooks/x'), ''), /protected/);
  await refused(writeInside(tree, join(tree, '.omk/gates.toml'), ''), /protected/);
  await refused(writeInside(tree, join(tree, 'real'), ''), /not a regular file/);
  await refused(writeInside(tree, tree, ''), /outside|itself/);
  assert.deepEqual(readdirSync(home).sort(), ['secret', 'tree']);
  assert.equal(readFileSync(join(home, 'secret'), 'utf8'), 'secret\n');
});

test('reads are of the worktree, by lines when asked', async () => {
  writeFileSync(join(tree, 'a.txt'), '\ufeffone\r\ntwo\nthree');
  symlinkSync('a.txt', join(tree, 'alias'));
  assert.equal(await readInside(tree, join(tree, 'alias')), '\ufeffone\r\ntwo\nthree');
  assert.equal(await readInside(tree, join(tree, 'a.txt'), { line: 2, limit: 1 }), 'two\n');
  assert.equal(await readInside(tree, join(tree, 'a.txt'), { line: 3 }), 'three');
  assert.equal(await readInside(tree, join(tree, 'a.txt'), { line: 9, limit: null }), '');
});

test('reads outside, of special files and of other encodings are refused', async () => {
  symlinkSync(join(home, 'secret'), join(tree, 'link'));
  symlinkSync(home, join(tree, 'out'));
  writeFileSync(join(tree, 'latin1'), Buffer.from([0xe9, 0x0a]));
  execFileSync('mkfifo', [join(tree, 'fifo')]);
  await refused(readInside(tree, join(home, 'secret')), /outside/);
  await refused(readInside(tree, join(tree, 'link')), /leads outside/);
  await refused(readInside(tree, join(tree, 'out/secret')), /leads outside/);
  await refused(readInside(tree, join(tree, 'fifo')), /regular/);
  await refused(readInside(tree, join(tree, 'latin1')), /UTF-8/);
  await assert.rejects(readInside(tree, join(tree, 'none')), (error) => error instanceof FileRefused && error.missing);
});

test('a worktree reached through a link is written under both names', async () => {
  symlinkSync(tree, join(home, 'alias'));
  await writeInside(join(home, 'alias'), join(home, 'alias/x'), '1');
  await writeInside(join(home, 'alias'), join(tree, 'y'), '2');
  assert.deepEqual(readdirSync(tree), ['x', 'y']);
});
