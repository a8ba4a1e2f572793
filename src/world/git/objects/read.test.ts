import assert from 'node:assert/strict';
import { readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { makeRepository, temporaryDir, userGit } from '../testing/repository.ts';
import type { GitCall } from '../run.ts';
import { readObjects, sizesOf } from './read.ts';
import { resolve } from './resolve.ts';

const callFor = (root: string): GitCall => ({ gitDir: join(root, '.git'), whose: 'user' });

/** Processes whose environment names the repository. */
const processesOf = (root: string): readonly string[] =>
  readdirSync('/proc').filter((pid) => {
    try {
      return /^\d+$/.test(pid) && readFileSync(`/proc/${pid}/environ`, 'latin1').includes(`GIT_DIR=${root}/`);
    } catch {
      return false;
    }
  });

test('objects of any size and names of any bytes are read, and what is missing, asked one after the other or at once', async (t) => {
  const large = 'x'.repeat(300_000);
  const root = makeRepository(temporaryDir(t), { a: 'one', empty: '', large, 'new\nline': '\n missing\n', 'é ü': '2' });
  const call = callFor(root);
  const names = ['HEAD:a', 'HEAD:empty', 'HEAD:no\nsuch', 'HEAD:large', `HEAD:new\nline`, '0'.repeat(40), 'HEAD:a'];
  const expected = ['one', '', null, large, '\n missing\n', null, 'one'];
  const text = async (asked: readonly string[]) =>
    (await readObjects(call, asked)).map((object) => object?.content.toString() ?? null);
  assert.deepEqual(await text(names), expected);
  for (const [index, name] of names.entries()) assert.deepEqual(await text([name]), [expected[index]]);
  const many = await Promise.all(Array.from({ length: 20 }, () => text(names)));
  for (const each of many) assert.deepEqual(each, expected);
  const ids = ['HEAD:a', 'HEAD:large'].map((name) => userGit(root, 'rev-parse', name));
  assert.deepEqual(await sizesOf(call, ids), [3, 300_000]);
  assert.deepEqual(await sizesOf(call, [...ids, '0'.repeat(40)]), [3, 300_000, 0]);
});

test('one process reads all, sees what is added meanwhile', async (t) => {
  const root = makeRepository(temporaryDir(t), { a: 'one' });
  const call = callFor(root);
  await readObjects(call, ['HEAD:a']);
  const [first, ...more] = process.platform === 'linux' ? processesOf(root) : [];
  assert.deepEqual(more, []);
  writeFileSync(join(root, 'b'), 'two');
  const id = userGit(root, 'hash-object', '-w', 'b');
  const [added] = await readObjects(call, [id]);
  assert.equal(added?.content.toString(), 'two');
  userGit(root, 'repack', '-a', '-d', '-q');
  assert.equal((await readObjects(call, ['HEAD:a']))[0]?.content.toString(), 'one');
  if (first !== undefined) assert.deepEqual(processesOf(root), [first]);
});

test('a process that was killed, and a repository that was made again, are no failure', async (t) => {
  const dir = temporaryDir(t);
  const root = makeRepository(join(dir, 'r'), { a: 'one' });
  const call = callFor(root);
  await readObjects(call, ['HEAD:a']);
  if (process.platform === 'linux') for (const pid of processesOf(root)) process.kill(Number(pid), 'SIGKILL');
  assert.equal((await readObjects(call, ['HEAD:a']))[0]?.content.toString(), 'one');
  await readObjects(call, ['HEAD:a']);
  renameSync(root, join(dir, 'old'));
  makeRepository(root, { a: 'other' });
  assert.equal((await readObjects(call, ['HEAD:a']))[0]?.content.toString(), 'other');
});

test('names of the vault are resolved by the process that reads objects, and a ref that moved is seen', async (t) => {
  const root = makeRepository(temporaryDir(t), { a: 'one' });
  const call: GitCall = { gitDir: join(root, '.git'), whose: 'omk' };
  const head = userGit(root, 'rev-parse', 'HEAD');
  userGit(root, 'update-ref', 'refs/omk/x', head);
  assert.equal(await resolve(call, `${head}^{tree}`), userGit(root, 'rev-parse', 'HEAD^{tree}'));
  assert.equal(await resolve(call, 'refs/omk/x'), head);
  assert.equal(processesOf(root).length, 1);
  const next = userGit(root, 'commit-tree', '-m', 'next', `${head}^{tree}`);
  userGit(root, 'update-ref', 'refs/omk/x', next);
  assert.equal(await resolve(call, 'refs/omk/x^{commit}'), next);
  assert.equal(await resolve(call, 'refs/omk/none'), null);
  assert.equal(await resolve(call, `${'0'.repeat(40)}^{tree}`), null);
});
