import assert from 'node:assert/strict';
import {
  appendFileSync,
  chmodSync,
  lstatSync,
  mkdirSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { contentOf } from '../testing/disk.ts';
import { makeBench } from '../testing/repository.ts';

const FILES = {
  same: '1',
  appended: '2',
  rewritten: '3',
  replaced: '4',
  'program.sh': { program: 'x' },
  gone: '5',
  'folder/deep': '6',
};
/** Long after the checkout, so that every file gets a stamp. */
const LATER = (): number => Date.now() + 60_000;

async function stamped(t: TestContext) {
  const bench = await makeBench(t, FILES);
  const dir = join(bench.dir, 'checkout');
  await bench.vault.checkout(bench.pin.tree, dir, join(bench.dir, 'index'));
  return { ...bench, dir, outer: bench.dir, stamps: await bench.vault.stamps(dir, LATER()) };
}

test('a file with its stamp is not read again, and every way to change one takes its stamp', async (t) => {
  const { vault, pin, dir, outer, stamps } = await stamped(t);
  assert.deepEqual([...stamps.keys()].sort(), Object.keys(FILES).sort());
  assert.deepEqual(await vault.compare(pin.tree, dir, [], stamps), { changed: [], created: [], emptyFolders: [] });

  const at = (path: string): string => join(dir, path);
  const before = lstatSync(at('rewritten'));
  appendFileSync(at('appended'), '!');
  // Same size, same inode, and the old time of its content put back.
  writeFileSync(at('rewritten'), '9');
  utimesSync(at('rewritten'), before.atime, before.mtime);
  writeFileSync(join(outer, 'other'), '8');
  renameSync(join(outer, 'other'), at('replaced'));
  chmodSync(at('program.sh'), 0o644);
  rmSync(at('gone'));
  mkdirSync(at('new/empty'), { recursive: true });
  assert.deepEqual(await vault.compare(pin.tree, dir, [], stamps), {
    changed: ['appended', 'gone', 'program.sh', 'replaced', 'rewritten'],
    created: [],
    emptyFolders: ['new/empty'],
  });
});

test('what changed only just now gets no stamp, as the next change could look the same', async (t) => {
  const { vault, dir } = await stamped(t);
  appendFileSync(join(dir, 'same'), '!');
  const { ctimeMs } = lstatSync(join(dir, 'same'));
  assert.ok(!(await vault.stamps(dir, ctimeMs + 5)).has('same'));
  assert.ok((await vault.stamps(dir, ctimeMs + 100)).has('same'));
});

test('a checkout is moved on to another tree by what differs', async (t) => {
  const bench = await stamped(t);
  writeFileSync(join(bench.worktree, 'same'), 'changed');
  rmSync(join(bench.worktree, 'gone'));
  writeFileSync(join(bench.worktree, 'folder/new'), 'new');
  const { candidate } = await bench.snapshot();
  const kept = lstatSync(join(bench.dir, 'replaced'), { bigint: true });
  const stamps = await bench.vault.moveCheckout(candidate, bench.dir, join(bench.outer, 'index'), {
    tree: bench.pin.tree,
    stamps: bench.stamps,
  });
  assert.deepEqual(
    [...stamps.keys()].sort(),
    Object.keys(FILES)
      .filter((path) => path !== 'same' && path !== 'gone')
      .sort(),
    'what was written has none',
  );
  assert.deepEqual(await bench.vault.compare(candidate, bench.dir, [], stamps), {
    changed: [],
    created: [],
    emptyFolders: [],
  });
  assert.deepEqual(contentOf(bench.dir), contentOf(bench.worktree));
  assert.deepEqual(lstatSync(join(bench.dir, 'replaced'), { bigint: true }).ctimeNs, kept.ctimeNs);
});
