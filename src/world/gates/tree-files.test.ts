import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ctestCanary } from '../../ecosystems/cpp/ctest/canary.ts';
import { fakeVault } from './testing/fake-vault.ts';
import { onlyFiles, treeFiles } from './tree-files.ts';

test('a canary in chosen files goes into no other test, but into what declares them', async () => {
  const files = treeFiles(
    fakeVault({
      tree: { 'CMakeLists.txt': '', 'tests/a.cpp': '', 'tests/hidden.cpp': '', 'tests/CMakeLists.txt': '' },
    }),
    'tree',
  );
  const listed = async (only: readonly string[] | undefined, also?: RegExp) =>
    (await onlyFiles(files, only, also).list()).map(({ path }) => path).sort();
  assert.deepEqual(await listed(['tests/hidden.cpp'], ctestCanary.declares), [
    'CMakeLists.txt',
    'tests/CMakeLists.txt',
    'tests/hidden.cpp',
  ]);
  assert.deepEqual(await listed(['tests/hidden.cpp']), ['tests/hidden.cpp']);
  assert.equal((await listed(undefined)).length, 4);
});
