import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { manifestContract } from './manifest.ts';
import type { ManifestContract } from './manifest-contract.ts';

const BASE = {
  name: 'x',
  version: '1.0.0',
  scripts: { test: 'node --test' },
  dependencies: { a: '1' },
  devDependencies: { vitest: '3.0.0', b: '1' },
};
const json = (value: unknown): string => JSON.stringify(value, null, 2);
const npm = (candidate: unknown, base: unknown = BASE): ManifestContract =>
  manifestContract('package.json', json(base), typeof candidate === 'string' ? candidate : json(candidate));
const merged = (contract: ManifestContract): unknown =>
  contract.kind === 'merged' ? JSON.parse(contract.text) : contract.kind;

suite('package.json', () => {
  test('what is the candidate’s own may change', () => {
    for (const own of [
      { version: '2.0.0' },
      { dependencies: { a: '2', c: '1' } },
      { devDependencies: { b: '9', vitest: '3.0.0' } },
      { exports: './x.js' },
      { type: 'module' },
      { engines: { node: '>=24' } },
      { bin: {} },
    ])
      assert.equal(npm({ ...BASE, ...own }).kind, 'same', json(own));
    assert.equal(npm(Object.fromEntries(Object.entries(BASE).reverse())).kind, 'same');
  });

  test('scripts are the base’s, with the rest of the candidate', () => {
    const candidate = { ...BASE, version: '2.0.0', scripts: { test: 'true', evil: 'x' }, dependencies: { c: '1' } };
    assert.deepEqual(merged(npm(candidate)), { ...BASE, version: '2.0.0', dependencies: { c: '1' } });
  });

  test('so is every section that a tool may read, known or not', () => {
    for (const section of [
      'jest',
      'vitest',
      'mocha',
      'ava',
      'tap',
      'nyc',
      'c8',
      'babel',
      'eslintConfig',
      'packageManager',
      'devEngines',
      'wireit',
      'config',
      'workspaces',
      'overrides',
      'resolutions',
      'pnpm',
      'imports',
      'unheard-of',
    ])
      assert.deepEqual(merged(npm({ ...BASE, [section]: { x: 1 } })), BASE, section);
    assert.deepEqual(merged(npm(BASE, { ...BASE, jest: { x: 1 } })), { ...BASE, jest: { x: 1 } });
  });

  test('another version of a runner is not the candidate’s to choose, other dependencies are', () => {
    for (const vitest of ['file:./evil', undefined])
      assert.deepEqual(merged(npm({ ...BASE, devDependencies: { vitest, b: '2' } })), {
        ...BASE,
        devDependencies: { vitest: '3.0.0', b: '2' },
      });
    for (const name of [
      'jest',
      'ts-jest',
      'jest-circus',
      'mocha',
      'chai',
      '@vitest/runner',
      '@jest/core',
      'ava',
      'tap',
      'c8',
      'tsx',
      'expect',
      '@playwright/test',
    ])
      assert.deepEqual(merged(npm({ ...BASE, dependencies: { a: '1', [name]: 'file:./evil' } })), BASE, name);
    assert.equal(npm({ ...BASE, dependencies: { a: '1', 'vitest-like': '1', 'my-jest': '1' } }).kind, 'same');
  });

  test('programs in the place of those that judge are the base’s, others the candidate’s', () => {
    const base = { name: 'x', bin: { x: 'x.js' } };
    const after = (bin: unknown): unknown => merged(npm({ ...base, bin }, base));
    assert.equal(after({ y: 'y.js' }), 'same');
    assert.deepEqual(after({ node: 'n.sh' }), base);
    assert.deepEqual(after({ x: 'x.js', vitest: 'v.js' }), base);
    const added = manifestContract('tools/package.json', null, json({ name: '@a/node', bin: 'node.sh' }));
    assert.deepEqual(merged(added), { name: '@a/node' });
  });

  test('what is not an object of JSON is restored', () => {
    for (const text of ['', 'null', '[]', '1', '{', '\ufeff{}']) assert.equal(npm(text).kind, 'restore', text);
    assert.equal(manifestContract('package.json', '[]', '{}').kind, 'restore');
  });

  test('an added one may bring no scripts and no runner', () => {
    assert.equal(manifestContract('package.json', null, json({ name: 'x', dependencies: { a: '1' } })).kind, 'same');
    assert.deepEqual(merged(manifestContract('sub/package.json', null, json({ name: 'x', jest: {} }))), { name: 'x' });
  });
});

suite('package-lock.json', () => {
  const lock = (packages: object): string => json({ lockfileVersion: 3, packages });
  const base = lock({
    '': { name: 'x' },
    'node_modules/vitest': { version: '3.0.0', resolved: 'https://r/vitest.tgz' },
    'node_modules/a': { version: '1' },
  });
  const of = (candidate: string, old: string | null = base): string =>
    manifestContract('package-lock.json', old, candidate).kind;

  test('other packages may change', () => {
    assert.equal(
      of(
        lock({
          'node_modules/b': { version: '1' },
          'node_modules/vitest': { version: '3.0.0', resolved: 'https://r/vitest.tgz' },
        }),
      ),
      'same',
    );
  });

  test('where a runner comes from may not, at any depth', () => {
    assert.equal(of(base.replace('https://r/vitest.tgz', 'https://evil/vitest.tgz')), 'restore');
    assert.equal(
      of(lock({ ...JSON.parse(base).packages, 'node_modules/a/node_modules/chai': { version: '1' } })),
      'restore',
    );
    assert.equal(
      of(json({ dependencies: { mocha: { version: '2' } } }), json({ dependencies: { mocha: { version: '1' } } })),
      'restore',
    );
    assert.equal(of('{'), 'restore');
  });

  test('an added one pins what was not pinned', () => assert.equal(of(base, null), 'same'));
});

suite('pyproject.toml', () => {
  const base = '[project]\nname = "x"\ndependencies = ["a"]\n\n[tool.pytest.ini_options]\naddopts = "-q"\n';
  const of = (candidate: string, old: string | null = base): string =>
    manifestContract('pyproject.toml', old, candidate).kind;

  test('the project’s own tables may change', () => {
    for (const own of [
      base.replace('"a"', '"a", "b"'),
      base.replace('[tool', '[project.optional-dependencies]\ndev = ["b"]\n\n[tool'),
      base.replace('[tool', '[project.scripts]\nx = "x:main"\n[tool'),
      base.replace('[tool', '[dependency-groups] # for development\ndev = ["b"]\n[tool'),
      base.replace('["a"]', '[\n  "a",\n  "b",\n]'),
      base.replaceAll('\n', '\r\n'),
    ])
      assert.equal(of(own), 'same', own);
  });

  test('what may judge brings the base’s file back, however its key is written', () => {
    for (const other of [
      base.replace('-q', '-p evil'),
      `${base}[tool.coverage.run]\nomit = ["*"]\n`,
      `${base}["tool".pytest.ini_options]\naddopts = "x"\n`,
      `${base}['tool'.pytest]\nx = 1\n`,
      `${base}["\\u0074ool".pytest]\nx = 1\n`,
      `${base}[ tool . pytest ]\nx = 1\n`,
      `${base}[[tool.x]]\n`,
      `tool.pytest.ini_options.addopts = "x"\n${base}`,
      `tool = { pytest = {} }\n${base}`,
      `${base}[project.entry-points.pytest11]\nx = "evil"\n`,
      base.replace('name =', 'entry-points.pytest11.x = "evil"\nname ='),
      base.replace('name =', '"entry\\u002dpoints" = { pytest11 = { x = "evil" } }\nname ='),
      base.replace('name = "x"', 'name = """\n[tool.x]\n"""'),
      `${base}[build-system]\nbuild-backend = "evil"\n`,
      base.replace('[tool.pytest.ini_options]\naddopts = "-q"\n', ''),
    ])
      assert.equal(of(other), 'restore', other);
  });

  test('a changed line that looks like a comment is not trusted where it judges', () => {
    const old = '[tool.pytest.ini_options]\naddopts = """\n-q\n"""\n';
    assert.equal(of(old.replace('-q\n', '-q\n# -p evil\n'), old), 'restore');
  });

  test('an added one may configure nothing', () => {
    assert.equal(of('[project]\nname = "x"\n', null), 'same');
    assert.equal(of('[tool.pytest.ini_options]\naddopts = "-p evil"\n', null), 'restore');
  });
});

test('a new crate may not name a build script of its own', () => {
  const of = (line: string): string =>
    manifestContract('a/Cargo.toml', null, `[package]\nname = "a"\n${line}\n\n[dependencies]\nb = "1"\n`).kind;
  for (const line of ['', 'build = "build.rs"', 'build = false # none']) assert.equal(of(line), 'same', line);
  for (const line of ['build = "prepare.rs"', '"build"="x.rs"', "build = 'src/build.rs'"])
    assert.equal(of(line), 'restore', line);
});
