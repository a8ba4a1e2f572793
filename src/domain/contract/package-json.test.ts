import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { manifestContract } from './manifest.ts';

suite('the map of imports of package.json', () => {
  const manifest = (imports?: object): string => JSON.stringify({ name: 'a', ...(imports ? { imports } : {}) });
  const kind = (base: object | undefined, candidate: object): string =>
    manifestContract('package.json', manifest(base), manifest(candidate)).kind;

  test('may gain names of its own', () => {
    assert.equal(kind(undefined, { '#sum': './src/sum.js' }), 'same');
    assert.equal(kind({ '#a': './a.js' }, { '#a': './a.js', '#b': './b.js' }), 'same');
  });

  test('leads what the base has nowhere else', () => {
    assert.equal(kind({ '#a': './a.js' }, { '#a': './b.js' }), 'merged');
    assert.equal(kind({ '#a/*': './a/*.js' }, { '#a/*': './a/*.js', '#a/x': './b.js' }), 'merged');
    assert.equal(kind({ '#a': './a.js' }, { '#a': './a.js', '#*': './b/*.js' }), 'merged');
  });
});

suite('a package that the base has from a registry', () => {
  const manifest = (left: string): string =>
    JSON.stringify({ dependencies: { left }, devDependencies: { tinyrainbow: '3.0.0' }, scripts: { test: 'vitest' } });
  const lock = (entry: object): string => JSON.stringify({ packages: { '': {}, 'node_modules/left': entry } });
  const kept = { resolved: 'https://registry.example/left-1.0.0.tgz', integrity: 'sha512-a' };

  test('does not come out of a folder, an archive or a repository', () => {
    for (const spec of [
      'file:./left',
      'link:../left',
      'https://example.com/x.tgz',
      'git+ssh://x/y.git',
      './left',
      'me/left',
      'npm:right@1.0.0',
      'npm:@a/left@1.0.0',
    ]) {
      const found = manifestContract('package.json', manifest('^1.0.0'), manifest(spec));
      assert.equal(found.kind, 'merged', spec);
      assert.match(found.kind === 'merged' ? found.text : '', /"left": "\^1\.0\.0"/);
    }
    const more = JSON.stringify({
      ...JSON.parse(manifest('^1.0.0')),
      dependencies: { left: '^1.0.0', new: 'file:./new' },
    });
    assert.equal(
      manifestContract('package.json', manifest('^1.0.0'), more).kind,
      'same',
      'one that the base does not have',
    );
    for (const entry of [
      { link: true, resolved: 'left' },
      { resolved: 'file:left' },
      { resolved: 'git+ssh://x/y.git#1' },
      { ...kept, name: 'right' },
      { ...kept, resolved: 'https://example.com/left-1.0.0.tgz' },
    ])
      assert.equal(
        manifestContract('package-lock.json', lock(kept), lock(entry)).kind,
        'restore',
        JSON.stringify(entry),
      );
  });

  test('may have another version, and what was never from one may move', () => {
    for (const [base, candidate] of [
      ['^1.0.0', '^2.0.0'],
      ['file:./a', 'file:./b'],
      ['file:./a', '1.0.0'],
      ['npm:right@1.0.0', 'npm:right@2.0.0'],
      ['^1.0.0', 'npm:left@2.0.0'],
    ] as const)
      assert.equal(manifestContract('package.json', manifest(base), manifest(candidate)).kind, 'same', candidate);
    const bare = { version: '1.0.0' };
    assert.equal(manifestContract('package-lock.json', lock(bare), lock(kept)).kind, 'same');
    assert.equal(manifestContract('package-lock.json', lock(bare), lock({ ...bare, name: 'right' })).kind, 'restore');
    const newer = { ...kept, resolved: 'https://registry.example/left-2.0.0.tgz' };
    assert.equal(manifestContract('package-lock.json', lock(kept), lock(newer)).kind, 'same');
    assert.equal(
      manifestContract('package-lock.json', lock({ resolved: 'file:a' }), lock({ resolved: 'file:b' })).kind,
      'same',
    );
  });
});

suite('the name of a package', () => {
  const base = '{"name":"calc","version":"1.0.0","devDependencies":{"chai":"^5"}}';
  const named = (name: string) =>
    manifestContract('package.json', base, base.replace('calc', name).replace('1.0.0', '1.0.1'));

  test('is not that of one which its tests load, in whose place it would stand', () => {
    for (const name of ['chai', 'vitest']) {
      const { kind, ...rest } = named(name);
      assert.equal(kind, 'merged', name);
      assert.match(JSON.stringify(rest), /1\.0\.1.*calc/);
    }
  });

  test('is its own to change otherwise', () => {
    assert.deepEqual(named('sums'), { kind: 'same' });
  });
});
