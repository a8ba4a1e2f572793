import assert from 'node:assert/strict';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { removeFolder } from './remove-folder.ts';

function scratch(t: TestContext): string {
  const dir = mkdtempSync(join(tmpdir(), 'omk-remove-'));
  t.after(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

test('a folder goes with all that is in it, whatever it is called and whatever its rights', async (t) => {
  const dir = join(scratch(t), "-rf it's a folder");
  mkdirSync(join(dir, 'closed', 'inner'), { recursive: true });
  writeFileSync(join(dir, 'closed', 'inner', 'file'), '');
  chmodSync(join(dir, 'closed', 'inner'), 0o000);
  chmodSync(join(dir, 'closed'), 0o500);
  await removeFolder(dir);
  assert.equal(existsSync(dir), false);
  await removeFolder(dir);
});

test('what a link leads to stays', async (t) => {
  const root = scratch(t);
  mkdirSync(join(root, 'kept'));
  writeFileSync(join(root, 'kept', 'file'), 'content');
  mkdirSync(join(root, 'gone'));
  symlinkSync(join(root, 'kept'), join(root, 'gone', 'link'));
  await removeFolder(join(root, 'gone'));
  assert.equal(readFileSync(join(root, 'kept', 'file'), 'utf8'), 'content');
});
