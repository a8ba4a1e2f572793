import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { PLANNERS } from './all.ts';
import { planCargoTarget } from '../../../ecosystems/rust/cargo/target.ts';
import type { Plan } from './plan.ts';
import { planPnpm } from '../../../ecosystems/javascript/pnpm/plan.ts';
import { readerOf } from './testing.ts';

type Files = Readonly<Record<string, string>>;
const plans = async (files: Files): Promise<readonly Plan[]> =>
  (await Promise.all(PLANNERS.map((plan) => plan(readerOf(files), 'tree')))).filter(
    (each): each is Plan => each.kind === 'plan' && each.manager !== 'cargo build' && each.unless === undefined,
  );
const reasons = async (files: Files): Promise<string> =>
  (await Promise.all(PLANNERS.map((plan) => plan(readerOf(files), 'tree'))))
    .flatMap((each) => (each.kind === 'none' && each.why !== null ? [each.why] : []))
    .join('; ');

const PACKAGE = JSON.stringify({ name: 'p', dependencies: { a: '1' } });
const CASES: readonly (readonly [manager: string, files: Files])[] = [
  ['npm', { 'package.json': PACKAGE, 'package-lock.json': JSON.stringify({ packages: { 'node_modules/a': {} } }) }],
  ['pnpm', { 'package.json': PACKAGE, 'pnpm-lock.yaml': "lockfileVersion: '9.0'\n" }],
  ['yarn', { 'package.json': PACKAGE, 'yarn.lock': '# yarn lockfile v1\n' }],
  [
    'yarn',
    {
      'package.json': PACKAGE,
      'yarn.lock': '__metadata:\n  version: 8\n',
      '.yarnrc.yml': 'nodeLinker: node-modules\n',
    },
  ],
  ['bun', { 'package.json': PACKAGE, 'bun.lock': '{}' }],
  ['pip', { 'requirements.txt': 'six==1.16.0\n' }],
  ['uv', { 'pyproject.toml': '[project]\nname = "a"\n', 'uv.lock': '' }],
  ['poetry', { 'pyproject.toml': '[tool.poetry]\n', 'poetry.lock': '' }],
  ['cargo', { 'Cargo.toml': '', 'Cargo.lock': '[[package]]\nname = "a"\nsource = "registry"\n' }],
  ['go', { 'go.mod': 'module m\nrequire x.y/z v1.0.0\n' }],
  ['composer', { 'composer.json': '{"require":{"a/b":"^1"}}', 'composer.lock': '{}' }],
  ['bundler', { Gemfile: "gem 'a'\n", 'Gemfile.lock': '', 'a.gemspec': '' }],
  ['maven', { 'pom.xml': '<project/>' }],
  ['gradle', { 'build.gradle': '', 'settings.gradle': '', 'app/gradle.lockfile': '' }],
];

for (const [manager, files] of CASES)
  test(`${manager} is meant by ${Object.keys(files).join(', ')}, and nothing else is`, async () => {
    const [plan, ...others] = await plans(files);
    assert.equal(plan?.manager, manager);
    assert.deepEqual(others, []);
    for (const path of Object.keys(files)) {
      const [changed] = await plans({ ...files, [path]: `${files[path]}\n` });
      // A package.json may gain what installs nothing.
      if (path !== 'package.json' || manager !== 'npm') assert.notDeepEqual(changed?.inputs, plan.inputs, path);
    }
    assert.deepEqual((await plans({ ...files, 'src/a.txt': 'x' }))[0]?.inputs, plan.inputs);
  });

test('sources of Go without a go.mod get one beside the tree, for what they import', async () => {
  const files = { 'a.go': 'package a\n\nimport "github.com/x/y"\n', 'a_test.go': 'package a\n' };
  const [plan] = await plans(files);
  assert.equal(plan?.manager, 'go mod init');
  assert.deepEqual(plan.inputs, ['example.com/project', 'github.com/x/y']);
  assert.match(plan.env['GOFLAGS'] ?? '', /^-overlay=/);
  assert.deepEqual(await plans({ ...files, 'go.mod': 'module a\n' }), []);
  assert.deepEqual(await plans({ 'vendor/x/a.go': 'package x\n', 'package.json': '{}' }), []);
});

test('packageManager decides between two lock files', async () => {
  const files = {
    'package.json': JSON.stringify({ packageManager: 'yarn@1.22.22' }),
    'yarn.lock': '',
    'pnpm-lock.yaml': '',
  };
  assert.deepEqual(
    (await plans(files)).map(({ manager }) => manager),
    ['yarn'],
  );
});

test('without a lock file the manager is the one that is named, else the one that has settings, else npm', async () => {
  const named = (name: string): string => JSON.stringify({ packageManager: `${name}@1`, dependencies: { a: '1' } });
  for (const [manager, lock, files] of [
    ['npm', 'package-lock.json', { 'package.json': PACKAGE }],
    ['pnpm', 'pnpm-lock.yaml', { 'package.json': named('pnpm') }],
    ['pnpm', 'pnpm-lock.yaml', { 'package.json': PACKAGE, 'pnpm-workspace.yaml': '' }],
    ['yarn', 'yarn.lock', { 'package.json': named('yarn') }],
    ['yarn', 'yarn.lock', { 'package.json': PACKAGE, '.yarnrc.yml': 'nodeLinker: node-modules\n' }],
    ['bun', 'bun.lock', { 'package.json': named('bun') }],
    ['cargo', 'Cargo.lock', { 'Cargo.toml': '[dev-dependencies]\na = "1"\n' }],
    ['cargo', 'Cargo.lock', { 'Cargo.toml': '[workspace]\n', 'a/Cargo.toml': "[target.'cfg(unix)'.dependencies]\n" }],
  ] as const) {
    const [plan, ...others] = await plans(files);
    assert.deepEqual([plan?.manager, plan?.unlocked?.file, others], [manager, lock, []]);
  }
  assert.deepEqual(await plans({ 'package.json': JSON.stringify({ packageManager: 'pnpm@9' }) }), []);
});

test('a manager that corepack stands in for is fetched with the layer, and only then gates are told where it is', async (t) => {
  const top = realpathSync(mkdtempSync(join(tmpdir(), 'omk-corepack-')));
  t.after(() => rmSync(top, { recursive: true, force: true }));
  mkdirSync(join(top, 'lib/node_modules/corepack/dist'), { recursive: true });
  mkdirSync(join(top, 'bin'));
  writeFileSync(join(top, 'lib/node_modules/corepack/dist/pnpm.js'), '', { mode: 0o755 });
  symlinkSync('../lib/node_modules/corepack/dist/pnpm.js', join(top, 'bin', 'pnpm'));
  const files = { 'package.json': PACKAGE, 'pnpm-lock.yaml': '' };
  const offline = async (path: string) => {
    const planned = await planPnpm(readerOf(files), 'tree', { PATH: path });
    return planned.kind === 'plan' ? planned.offline : null;
  };
  assert.equal((await offline(join(top, 'bin')))?.['COREPACK_HOME'], '$DIR/.corepack');
  const without = await offline('/nowhere');
  assert.equal(without?.['COREPACK_HOME'], undefined);
  // A pnpm that a script starts does not see what begins with npm_.
  assert.equal(without?.['NPM_CONFIG_MANAGE_PACKAGE_MANAGER_VERSIONS'], 'false');
});

test('what cannot be installed is said in a sentence', async () => {
  const pnp = { 'package.json': PACKAGE, 'yarn.lock': '__metadata:\n' };
  assert.match(await reasons({ ...pnp, '.pnp.cjs': '' }), /part of the tree.*set nodeLinker: node-modules/);
  assert.deepEqual((await plans(pnp))[0]?.env, { YARN_NODE_LINKER: 'node-modules' });
  assert.deepEqual((await plans({ ...pnp, '.yarnrc.yml': 'nodeLinker: node-modules\n' }))[0]?.env, {});
  assert.match(await reasons({ 'Cargo.toml': '[package]\nname = "a"\n' }), /Cargo\.toml declares no dependencies/);
  assert.match(await reasons({ 'go.mod': 'module m\n' }), /requires nothing/);
  assert.match(await reasons({ 'go.mod': 'require x v1', 'vendor/modules.txt': '' }), /vendored/);
});

test('modules of go.work that require only each other need no layer', async () => {
  const files = {
    'go.work': 'go 1.22\nuse (\n\t./a // first\n\t"./b"\n)\n',
    'a/go.mod': 'module example.com/a\n',
    'b/go.mod': 'module "example.com/b"\nrequire (\n\texample.com/a v0.0.0\n)\n',
    'unused/go.mod': 'module example.com/unused\nrequire rsc.io/quote v1.5.2\n',
  };
  assert.match(await reasons(files), /go\.work require only each other/);
  assert.deepEqual(await plans(files), []);
  const managers = async (more: Files): Promise<readonly string[]> =>
    (await plans({ ...files, ...more })).map(({ manager }) => manager);
  assert.deepEqual(await managers({ 'a/go.mod': 'module example.com/a\nrequire rsc.io/quote v1.5.2\n' }), ['go']);
  assert.deepEqual(await managers({ 'go.work': 'use ./b\n' }), ['go']);
});

test('T14 gates are told that there is no network, and agents are not', async () => {
  for (const [manager, variable] of [
    ['cargo', 'CARGO_NET_OFFLINE'],
    ['go', 'GOPROXY'],
    ['maven', 'MAVEN_OPTS'],
    ['gradle', 'OMK_GRADLE_OFFLINE'],
    ['uv', 'UV_OFFLINE'],
  ] as const) {
    const [plan] = await plans(CASES.find(([name]) => name === manager)?.[1] ?? {});
    assert.ok(plan?.offline?.[variable] !== undefined, manager);
    assert.notEqual(plan.env[variable], plan.offline[variable]);
  }
});

test('crates compiled for a base are shared with other bases only where nothing of the base runs while they are', async () => {
  const shared = async (more: Files): Promise<boolean> => {
    const files = { 'Cargo.toml': '[dependencies]\na = "1"\n', ...more };
    const inputs = async (tree: string) => (await planCargoTarget(readerOf(files, tree), tree)) as Plan;
    return JSON.stringify((await inputs('one')).inputs) === JSON.stringify((await inputs('two')).inputs);
  };
  assert.ok(await shared({ 'src/lib.rs': '' }));
  assert.equal(await shared({ 'build.rs': '' }), false);
  assert.equal(await shared({ 'macros/Cargo.toml': '[lib]\nproc-macro = true\n' }), false);
  assert.equal(await shared({ 'a/Cargo.toml': '[package]\nbuild = "make.rs"\n' }), false);
});

test('T14 what programs of the base may write to while it is made is the layer of no other base', async () => {
  const inputsOf = async (files: Files, tree: string): Promise<unknown> => {
    const found = await Promise.all(PLANNERS.map((plan) => plan(readerOf(files, tree), tree)));
    return found.flatMap((each) => (each.kind === 'plan' && each.unless === undefined ? [each.inputs] : []))[0];
  };
  const differs = async (files: Files): Promise<boolean> =>
    JSON.stringify(await inputsOf(files, 'one')) !== JSON.stringify(await inputsOf(files, 'two'));
  const inner = JSON.stringify({ name: 'b', scripts: { postinstall: 'node warm.js' } });
  for (const [manager, files] of CASES.filter(([, { 'package.json': has }]) => has !== undefined)) {
    assert.equal(await differs(files), false, manager);
    assert.equal(await differs({ ...files, 'packages/b/package.json': inner }), true, manager);
  }
  assert.equal(await differs({ 'build.gradle': '', 'settings.gradle': '' }), true);
});
