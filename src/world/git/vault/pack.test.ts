import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { openGit } from '../open.ts';
import { commitAll, makeRepository, temporaryDir, userGit, writeFiles } from '../testing/repository.ts';
import { packObjects, unpackObjects } from './pack.ts';

test('what a base has not is packed, and makes the same trees where only the base is', async (t) => {
  const dir = temporaryDir(t);
  const root = makeRepository(join(dir, 'r'), { 'old.txt': 'old\n'.repeat(2000) });
  const base = userGit(root, 'rev-parse', 'HEAD');
  writeFiles(root, { 'old.txt': `${'old\n'.repeat(2000)}more`, 'a/b.txt': 'new' });
  commitAll(root, 'Second');
  const [tree = '', commit = ''] = userGit(root, 'rev-parse', 'HEAD^{tree}', 'HEAD').split('\n');
  const from = { gitDir: join(root, '.git'), whose: 'omk' } as const;
  const pack = await packObjects(from, [tree, commit, 'f'.repeat(40)], base, 1_000_000);
  assert.ok(pack !== null && pack.length < 1500, `${pack?.length} bytes: without the base`);
  assert.equal(await packObjects(from, ['f'.repeat(40)], base, 1_000_000), null);
  await assert.rejects(packObjects(from, [tree], base, 100), { code: 'GIT_STOPPED' });

  const git = openGit({ stateDir: join(dir, 'state') });
  const { pin } = await git.inspect(root);
  const vault = await git.openVault(pin);
  await vault.fetchBase(root, base);
  const there = { gitDir: vault.dir, whose: 'omk' } as const;
  await unpackObjects(there, pack);
  await vault.checkout(tree, join(dir, 'made'));
  assert.equal((await vault.readFile(tree, 'a/b.txt'))?.content.toString(), 'new');
  await assert.rejects(unpackObjects(there, pack.subarray(0, 60)), { code: 'GIT_FAILED' });
});
