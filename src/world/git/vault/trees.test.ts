import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { deflateSync } from 'node:zlib';
import { openObjects } from '../objects/open.ts';
import { contentOf } from '../testing/disk.ts';
import { fingerprint, makeBench, userGit, writeFiles } from '../testing/repository.ts';

test('T9 a checkout is byte-identical whatever the attributes say', async (t) => {
  const files = {
    '.gitattributes':
      '*.a text eol=crlf\n*.b ident\n*.c filter=missing\n*.d working-tree-encoding=UTF-16\n*.e eol=crlf\n' +
      '*.f crlf\n[attr]mine text eol=crlf\n*.g mine\n',
    'x.a': 'one\ntwo\r\n',
    'x.b': '$Id$ $Id: old $\n',
    'x.c': 'c\n',
    'x.d': 'd\n',
    'x.e': 'e\n',
    'x.f': 'f\r\n',
    'x.g': 'g\n',
    'sub/.gitattributes': '* text eol=crlf ident\n',
    'sub/y': '$Id$\n',
  };
  const bench = await makeBench(t, { plain: '' });
  writeFiles(bench.worktree, files);
  const { candidate } = await bench.snapshot();
  const checkout = join(bench.dir, 'checkout');
  await bench.vault.checkout(candidate, checkout);
  assert.deepEqual(contentOf(checkout), contentOf(bench.worktree));
  await assert.rejects(bench.vault.checkout(candidate, checkout), TypeError);
});

test('compare names changed, deleted, retyped and new paths by content, not by time', async (t) => {
  const bench = await makeBench(t, {
    a: '1',
    b: '2',
    c: '3',
    'd/e': '4',
    'x.sh': { program: 'x' },
    l: { link: 'a' },
    same: '1',
  });
  const checkout = join(bench.dir, 'c');
  await bench.vault.checkout(bench.pin.tree, checkout);
  assert.deepEqual(await bench.vault.compare(bench.pin.tree, checkout, []), {
    changed: [],
    created: [],
    emptyFolders: [],
  });
  writeFileSync(join(checkout, 'a'), '9');
  rmSync(join(checkout, 'b'));
  rmSync(join(checkout, 'c'));
  mkdirSync(join(checkout, 'c'));
  chmodSync(join(checkout, 'x.sh'), 0o644);
  rmSync(join(checkout, 'l'));
  writeFiles(checkout, { l: 'a', 'c/new': '', same: '1', 'node_modules/x': '', '.git': 'planted', 'out/report': '' });
  assert.deepEqual(await bench.vault.compare(bench.pin.tree, checkout, ['node_modules', 'out/report']), {
    changed: ['a', 'b', 'c', 'l', 'x.sh'],
    created: ['.git', 'c/new'],
    emptyFolders: [],
  });
});

test('T6 an overlay puts the base back, takes out, and merges', async (t) => {
  const bench = await makeBench(t, {
    'test/a.js': 'base',
    'test/gone.js': 'base',
    'test/folder': 'a file at the base',
    'package.json': '{"a":1}',
    'src/x.js': '1',
  });
  rmSync(join(bench.worktree, 'test/gone.js'));
  rmSync(join(bench.worktree, 'test/folder'));
  writeFiles(bench.worktree, {
    'test/a.js': 'weakened',
    'test/folder/inner.js': 'x',
    'conftest.py': 'x',
    'package.json': '{"a":2}',
    'src/x.js': '2',
  });
  chmodSync(join(bench.worktree, 'test/a.js'), 0o755);
  const { candidate } = await bench.snapshot();
  const edits = [
    { path: 'test/a.js', action: 'restore' },
    { path: 'test/gone.js', action: 'restore' },
    { path: 'test/folder', action: 'restore' },
    { path: 'conftest.py', action: 'remove' },
    { path: 'package.json', action: 'merge' },
  ] as const;
  const tree = await bench.vault.overlay(
    bench.pin.tree,
    candidate,
    edits,
    new Map([['package.json', '{"merged":"é"}']]),
  );
  await bench.vault.checkout(tree, join(bench.dir, 'o'));
  assert.deepEqual(contentOf(join(bench.dir, 'o')), {
    'package.json': `file ${Buffer.from('{"merged":"é"}').toString('latin1')}`,
    'src/x.js': 'file 2',
    'test/a.js': 'file base',
    'test/folder': 'file a file at the base',
    'test/gone.js': 'file base',
  });
  assert.equal(await bench.vault.overlay(bench.pin.tree, candidate, [], new Map()), candidate);
  await assert.rejects(
    bench.vault.overlay(bench.pin.tree, candidate, [{ path: 'none', action: 'restore' }], new Map()),
    TypeError,
  );
});

test('a patch does not depend on attributes, and applying it makes the tree again without writing anything', async (t) => {
  const bench = await makeBench(t, {
    '.gitattributes': '* -diff diff=x\n',
    'a.txt': 'one\ntwo\n',
    'b.bin': Buffer.from([0, 1, 2]),
    gone: 'x',
    'r.sh': 'x',
  });
  rmSync(join(bench.worktree, 'gone'));
  chmodSync(join(bench.worktree, 'r.sh'), 0o755);
  writeFiles(bench.worktree, {
    'a.txt': 'one\r\nTWO \n',
    'b.bin': Buffer.from([0, 9]),
    'n/ew': '',
    l: { link: 'a.txt' },
  });
  const { candidate } = await bench.snapshot();
  const patch = await bench.vault.patch(bench.pin.tree, candidate);
  assert.match(patch.toString('latin1'), /^\+TWO $/m);
  assert.match(patch.toString('latin1'), /^GIT binary patch$/m);
  assert.match(patch.toString('latin1'), /^index [0-9a-f]{40}\.\.[0-9a-f]{40} 100644$/m);

  // git renews the time of objects it meets again; their bytes stay.
  const before = fingerprint(bench.root, { times: false });
  const objects = await openObjects(join(bench.root));
  assert.equal(await objects.treeFromPatch(bench.pin.commit, patch), candidate);
  assert.equal(await objects.treeFromPatch(bench.pin.commit, Buffer.alloc(0)), bench.pin.tree);
  await assert.rejects(objects.treeFromPatch(bench.pin.commit, Buffer.concat([patch, patch])), {
    code: 'PATCH_DOES_NOT_APPLY',
  });
  await assert.rejects(objects.treeFromPatch(bench.pin.commit, Buffer.from('not a patch')), {
    code: 'PATCH_DOES_NOT_APPLY',
  });
  await assert.rejects(objects.treeFromPatch('1'.repeat(40), patch), { code: 'GIT_OBJECT_MISSING' });
  assert.equal(fingerprint(bench.root, { times: false }), before);
});

test('a patch of an empty file or a mode below a folder whose name ends in a space can be applied', async (t) => {
  const bench = await makeBench(t, { 'odd /run': 'x', 'odd /keep': 'one\n' });
  writeFiles(bench.worktree, { 'odd /empty': '', 'also /deep /empty': '', 'odd /keep': 'two\n' });
  chmodSync(join(bench.worktree, 'odd /run'), 0o755);
  const { candidate } = await bench.snapshot();
  const patch = await bench.vault.patch(bench.pin.tree, candidate);
  assert.equal(await (await openObjects(bench.root)).treeFromPatch(bench.pin.commit, patch), candidate);
});

test('an object that does not hold what its name says is refused', async (t) => {
  const bench = await makeBench(t, { a: 'true' });
  const id = userGit(bench.root, 'rev-parse', 'HEAD:a');
  const file = join(bench.root, '.git/objects', id.slice(0, 2), id.slice(2));
  rmSync(file);
  writeFileSync(file, deflateSync('blob 4\0fake'));
  assert.equal(userGit(bench.root, 'cat-file', 'blob', id), 'fake');
  await assert.rejects((await openObjects(bench.root)).readBlob(id), { code: 'GIT_OBJECT_CORRUPT' });
});

test(
  'commits are the same for the same request, and a folder of files takes the place of the old one on top ' +
    'of what a ref has',
  async (t) => {
    const bench = await makeBench(t, { a: '1' });
    const request = {
      tree: bench.pin.tree,
      parent: bench.pin.commit,
      message: 'Result\n\nBo\0dy',
      ref: 'refs/omk/goals/g/result',
      at: 1_700_000_000,
    };
    const [first, second] = [await bench.vault.commit(request), await bench.vault.commit(request)];
    assert.equal(first, second);
    assert.equal(
      userGit(bench.vault.dir, 'log', '-1', '--format=%an <%ae> %at %cn <%ce> %ct', first),
      'omk <omk@localhost> 1700000000 omk <omk@localhost> 1700000000',
    );
    assert.equal(userGit(bench.vault.dir, 'log', '-1', '--format=%b', first), 'Body\n', 'git takes no NUL');
    const add = (folder: string, name: string): Promise<string> =>
      bench.vault.commitFiles({
        ref: 'refs/omk/proofs',
        folder,
        files: new Map([[name, Buffer.from([0, 255])]]),
        message: 'Proof',
        at: 5,
      });
    const one = await add('g-1', 'a.json');
    assert.equal(await add('g-1', 'a.json'), one);
    const two = await add('g-2', 'b.json');
    assert.equal(userGit(bench.vault.dir, 'rev-parse', `${two}^`), one);
    assert.equal(userGit(bench.vault.dir, 'ls-tree', '-r', '--name-only', 'refs/omk/proofs'), 'g-1/a.json\ng-2/b.json');
    await add('g-1', 'c.json');
    assert.equal(userGit(bench.vault.dir, 'ls-tree', '-r', '--name-only', 'refs/omk/proofs'), 'g-1/c.json\ng-2/b.json');
    const files = (...names: string[]): Map<string, Buffer> => new Map(names.map((name) => [name, Buffer.from(name)]));
    const put = (...names: string[]): Promise<string> =>
      bench.vault.commitFiles({
        ref: 'refs/omk/proofs',
        folder: 'g-3',
        files: files(...names),
        message: 'Proof',
        at: 6,
      });
    await put('a', 'b');
    await put('a');
    assert.equal(userGit(bench.vault.dir, 'ls-tree', '-r', '--name-only', 'refs/omk/proofs', 'g-3/'), 'g-3/a');
  },
);

test('the object reader reads from a checkout, a .git folder and a vault, and tells what is missing', async (t) => {
  const bench = await makeBench(t, { 'a b/c': 'content', l: { link: 'x' } });
  for (const path of [bench.root, join(bench.root, '.git'), bench.vault.dir]) {
    const objects = await openObjects(path);
    assert.equal(await objects.commitTree(bench.pin.commit), bench.pin.tree);
    assert.deepEqual(await objects.commitParents(bench.pin.commit), []);
    const [entry] = await objects.listTree(bench.pin.tree);
    assert.equal(entry?.path, 'a b/c');
    assert.equal((await objects.readBlob(entry?.id ?? '')).toString(), 'content');
    await assert.rejects(objects.readBlob(String(bench.pin.tree)), { code: 'GIT_OBJECT_MISSING' });
    await assert.rejects(objects.readBlob('HEAD:l'), { code: 'GIT_OBJECT_MISSING' });
    assert.deepEqual(await objects.readTexts(bench.pin.tree, ['l', 'none', 'a b/c', 'a b', 'l']), [
      'x',
      '',
      'content',
      '',
      'x',
    ]);
    assert.equal(await objects.resolve('refs/none'), null);
    assert.equal(await objects.resolve('--all'), null);
  }
  assert.equal(await (await openObjects(bench.root)).resolve('HEAD'), bench.pin.commit);
  assert.deepEqual(await bench.vault.readTexts(bench.pin.tree, ['a b/c', 'a b']), ['content', '']);
  assert.equal(await bench.vault.readFile(bench.pin.tree, 'a b'), null);
  assert.equal(await bench.vault.readFile(bench.pin.tree, 'none\n'), null);
});

test('files that mention one of several strings are found with their text, and a word of everywhere is not looked up', async (t) => {
  const { vault, pin } = await makeBench(t, {
    'a.js': "read('cases/' + name)",
    'ü b.js': 'x.json\n',
    'c.js': 'CASES/',
    'd.bin': 'cases/\0',
    link: { link: 'cases/' },
    ...Object.fromEntries(Array.from({ length: 501 }, (_, n) => [`many/${n}`, 'everyday'])),
  });
  const found = async (...needles: readonly string[]): Promise<unknown> =>
    (await vault.mentions(pin.tree, needles)).map(({ path, text }) => [path, text]);
  assert.deepEqual(await found('cases/', 'x.json'), [
    ['a.js', "read('cases/' + name)"],
    ['ü b.js', 'x.json\n'],
  ]);
  assert.deepEqual(await found('nowhere', '-x', 'a\nb'), []);
  assert.deepEqual(await found(), []);
  assert.deepEqual(await found('everyday'), []);
  assert.deepEqual(await found('everyday', 'cases/', 'nowhere'), [['a.js', "read('cases/' + name)"]]);
});
