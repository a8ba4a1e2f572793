import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fc } from '../../../domain/testing/fast-check.ts';
import { openObjects } from '../objects/open.ts';
import { contentOf } from '../testing/disk.ts';
import { fromBytes, utf8 } from '../testing/names.ts';
import { benchOf, makeRepository, temporaryDir } from '../testing/repository.ts';

type File = { readonly path: readonly string[]; readonly kind: 'file' | 'program' | 'link'; readonly content: string };

// Lower case only, and told apart by more than case: what collides is another test's subject.
const name = fc
  .oneof(
    { weight: 3, arbitrary: fc.constantFrom('a', 'b', 'src', 'index.js', '.gitignore', '.gitattributes', '.gitkeep') },
    {
      weight: 2,
      arbitrary: fc.constantFrom(
        '-n',
        '--',
        '"q"',
        "it's",
        ' lead',
        'trail ',
        '%41',
        '$x',
        '`x`',
        '*',
        '[a]',
        ':(top)',
        '!neg',
        '#c',
        'ü',
        'é',
        '日本',
        '🙂',
        'a\u0301',
        'git~2',
        '..a',
        '...',
      ),
    },
    {
      weight: 1,
      arbitrary: fc
        .string({ unit: fc.constantFrom('a', 'b', '.', '-', ' ', '~', '"', 'ö', '{', ';'), minLength: 1, maxLength: 6 })
        .filter((one) => !/^\.{1,2}$/.test(one)),
    },
  )
  .map(utf8);
const content = fc.oneof(
  fc.constantFrom(
    '',
    '\n',
    'a\r\nb\r\n',
    'a\nb',
    '$Id$ $Id: x $\n',
    '\ufeffx\n',
    '*.txt text eol=crlf ident filter=x working-tree-encoding=UTF-16\n',
    'a\n!b\n*.js\n',
  ),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes).toString('latin1')),
);
const file: fc.Arbitrary<File> = fc.record({
  path: fc.array(name, { minLength: 1, maxLength: 3 }),
  kind: fc.constantFrom('file', 'file', 'program', 'link'),
  content,
});
const files = fc.array(file, { maxLength: 14 }).map((list) => {
  const kept = new Map<string, File>();
  for (const one of list) {
    const path = one.path.join('/');
    const clash = [...kept.keys()].some((other) => other.startsWith(`${path}/`) || path.startsWith(`${other}/`));
    if (!clash) kept.set(path, one);
  }
  return kept;
});

function write(root: string, set: ReadonlyMap<string, File>): void {
  for (const [path, one] of set) {
    const at = fromBytes(`${root}/${path}`);
    mkdirSync(fromBytes(dirname(`${root}/${path}`)), { recursive: true });
    if (one.kind === 'link') symlinkSync(fromBytes('x'), at);
    else {
      writeFileSync(at, Buffer.from(one.content, 'latin1'));
      chmodSync(at, one.kind === 'program' ? 0o755 : 0o644);
    }
  }
}

test('T9 a snapshot checked out again is byte-identical, and its patch makes the same tree', async (t) => {
  const dir = temporaryDir(t);
  const root = makeRepository(join(dir, 'user'), {
    'base.txt': 'base\n',
    'src/index.js': 'x\n',
    a: 'file in the place of a folder\n',
  });
  const { vault, pin, worktree } = await benchOf(dir, root);
  const objects = await openObjects(vault.dir);
  let run = 0;
  await fc.assert(
    fc.asyncProperty(files, async (set) => {
      run += 1;
      rmSync(worktree, { recursive: true });
      mkdirSync(worktree);
      write(worktree, set);
      const snapshot = await vault.snapshot({
        worktree,
        base: pin.tree,
        ref: 'refs/omk/goals/g',
        layers: [],
        message: 'x',
        at: run,
      });
      assert.deepEqual(snapshot.refused, []);
      assert.deepEqual(snapshot.ignored, []);
      assert.equal(snapshot.salvage, snapshot.candidate);
      const checkout = join(dir, `checkout-${run}`);
      await vault.checkout(snapshot.candidate, checkout);
      assert.deepEqual(contentOf(checkout), contentOf(worktree));
      assert.deepEqual(await vault.compare(snapshot.candidate, checkout, []), {
        changed: [],
        created: [],
        emptyFolders: [],
      });
      const patch = await vault.patch(pin.tree, snapshot.candidate);
      assert.equal(await objects.treeFromPatch(pin.commit, patch), snapshot.candidate);
      rmSync(checkout, { recursive: true });
    }),
    { numRuns: 12 },
  );
});
