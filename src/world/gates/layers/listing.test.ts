import assert from 'node:assert/strict';
import {
  chmodSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  statSync,
  symlinkSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { contentOf, stampOf } from './listing.ts';

const top = mkdtempSync(join(tmpdir(), 'omk-listing-'));
after(() => rmSync(top, { recursive: true, force: true }));
let made = 0;
function folder(): string {
  made += 1;
  const dir = join(top, String(made));
  mkdirSync(join(dir, 'a', 'b'), { recursive: true });
  writeFileSync(join(dir, 'a', 'b', 'file'), 'content');
  symlinkSync('../a', join(dir, 'link'));
  return dir;
}

const CHANGES: Readonly<Record<string, (dir: string) => void>> = {
  'other content of the same length': (dir) => writeFileSync(join(dir, 'a/b/file'), 'CONTENT'),
  'a mode': (dir) => chmodSync(join(dir, 'a/b/file'), 0o755),
  'a new file': (dir) => writeFileSync(join(dir, 'a/new'), ''),
  'a new empty folder': (dir) => mkdirSync(join(dir, 'a/new')),
  'a file that is gone': (dir) => unlinkSync(join(dir, 'a/b/file')),
  'a link that leads elsewhere': (dir) => {
    unlinkSync(join(dir, 'link'));
    symlinkSync('../b', join(dir, 'link'));
  },
  'a link instead of a file': (dir) => {
    unlinkSync(join(dir, 'a/b/file'));
    symlinkSync('content', join(dir, 'a/b/file'));
  },
};

test('two folders with the same content have the same digest', async () => {
  assert.equal(await contentOf(folder()), await contentOf(folder()));
});

for (const [name, change] of Object.entries(CHANGES)) {
  test(`T14 the digest and the stamp tell ${name}`, async () => {
    const dir = folder();
    const before = [await contentOf(dir), await stampOf(dir)];
    change(dir);
    assert.notEqual(await contentOf(dir), before[0]);
    assert.notEqual(await stampOf(dir), before[1]);
  });
}

test('T14 the stamp tells a write although size and time of change were set back', async () => {
  const dir = folder();
  const file = join(dir, 'a/b/file');
  const { atime, mtime } = statSync(file);
  const before = await stampOf(dir);
  writeFileSync(file, 'CONTENT');
  utimesSync(file, atime, mtime);
  assert.notEqual(await stampOf(dir), before);
});

test('a second name for a file is told by the stamp, whoever has it', async () => {
  const dir = folder();
  const before = await stampOf(dir);
  linkSync(join(dir, 'a/b/file'), join(top, `name-${made}`));
  assert.notEqual(await stampOf(dir), before);
});
