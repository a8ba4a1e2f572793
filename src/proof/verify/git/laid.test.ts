import assert from 'node:assert/strict';
import { test } from 'node:test';
import { laidOver } from '../../../domain/git/laid-over.ts';
import { openObjects } from '../../../world/git/objects/open.ts';
import { makeBench } from '../../../world/git/testing/repository.ts';
import { missingGit } from '../../testing/tools.ts';
import { objectId, treeId } from './tree-id.ts';

test(
  'files laid over a tree make the same tree here as in the vault, whatever is in their way',
  { skip: missingGit },
  async (t) => {
    const bench = await makeBench(t, {
      'src/ä.js': 'source\n',
      'test/same.test.js': 'old\n',
      'test/folder/inner.js': 'x',
      'test/file': 'x',
      tests: { link: 'test' },
    });
    const files = [
      'test/same.test.js',
      'test/folder',
      'test/file/deep/new.test.js',
      'tests/through-a-link.test.js',
      'é.test.js',
    ].map((path, index) => ({
      path,
      mode: index === 0 ? ('100755' as const) : ('100644' as const),
      content: Buffer.from(`held out ${index}\n`),
    }));
    const base = bench.pin.tree;
    const laid = await bench.vault.lay(base, files);
    const objects = await openObjects(bench.vault.dir);
    const entries = files.map(({ path, mode, content }) => ({
      path,
      mode,
      id: objectId('blob', content, base.length),
    }));
    assert.equal(treeId(laidOver(await objects.listTree(base), entries), base.length), laid);
    assert.deepEqual(
      (await objects.listTree(laid)).map(({ path, mode }) => `${mode} ${path}`),
      [
        '100644 src/ä.js',
        '100644 test/file/deep/new.test.js',
        '100644 test/folder',
        '100755 test/same.test.js',
        '100644 tests/through-a-link.test.js',
        '100644 é.test.js',
      ],
    );
    assert.equal(await bench.vault.lay(base, []), base);

    const patch = await bench.vault.patch(base, laid);
    assert.equal(await bench.vault.patched(base, patch), laid);
    await assert.rejects(bench.vault.patched(laid, patch), { code: 'PATCH_DOES_NOT_APPLY' });
    await assert.rejects(bench.vault.patched(base, Buffer.alloc(0)), { code: 'PATCH_DOES_NOT_APPLY' });
  },
);
