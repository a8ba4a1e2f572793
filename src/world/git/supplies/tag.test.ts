import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { openGit } from '../open.ts';
import { commitAll, makeRepository, temporaryDir, userGit, writeFiles } from '../testing/repository.ts';

test('the `.git` of a base has the last tag before it, and its history no more than before', async (t) => {
  const dir = temporaryDir(t);
  const root = makeRepository(join(dir, 'r'), { 'a.txt': '1' });
  userGit(root, 'tag', 'v1.1.0');
  for (const text of ['2', '3']) {
    writeFiles(root, { 'a.txt': text });
    commitAll(root, text);
    if (text === '2') userGit(root, 'tag', '--annotate', '--message=2', 'v1.2.0');
  }
  const git = openGit({ stateDir: join(dir, 'state') });
  const suppliesOf = async (repository: string) => {
    const { pin } = await git.inspect(repository);
    await (await git.openVault(pin)).fetchBase(repository, pin.commit);
    return (await git.supplies(pin)).git;
  };
  const found = await suppliesOf(root);
  assert.equal(found.tag, 'v1.2.0');
  assert.equal(userGit(found.dir, 'describe', '--tags', 'HEAD'), 'v1.2.0');
  assert.equal(userGit(found.dir, 'rev-list', '--count', '--all'), '1');

  assert.equal((await suppliesOf(makeRepository(join(dir, 'plain'), { 'a.txt': '1' }))).tag, null);
});
