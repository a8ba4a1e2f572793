import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { openSandboxes } from '../../sandbox/open.ts';
import type { Layer } from '../port.ts';
import type { Files } from '../testing/fake-vault.ts';
import { slow } from '../testing/tools.ts';
import { copyLayer } from './for-agent.ts';
import { openLayers } from './open.ts';
import { json, layerOf, LOCAL, machine, missing, path, TOKEN, top } from './testing/machine.ts';

const sandbox = await openSandboxes({ env: { PATH: path } }).detect();
const inode = (file: string): string => `${lstatSync(file).dev}:${lstatSync(file).ino}`;

test('T14 npm: a dependency inside the tree is installed and leads to the checkout', missing('npm'), async () => {
  const { dir, layers, vault } = machine({ tree: LOCAL, other: { ...LOCAL, 'readme.md': 'x' } });
  const layer = layerOf(await layers.prepare(vault, 'tree', 'tree'));
  assert.equal(layer.mount, 'node_modules');
  for (const name of ['.cache', '.vite', '.vite-temp']) assert.ok(existsSync(join(layer.dir, name)), name);
  assert.equal(await layers.recheck(layer), true);
  assert.deepEqual(layerOf(await layers.prepare(vault, 'other', 'other')), layer);

  const worktree = join(dir, 'attempt', 'worktree');
  await vault.checkout('tree', worktree);
  const copied = await copyLayer(layer, worktree, path);
  assert.deepEqual([copied.paths, copied.env, copied.pathPrefix], [['node_modules'], {}, []]);
  const said = execFileSync(process.execPath, ['-p', `require('local')`], { cwd: worktree, encoding: 'utf8', env: {} });
  assert.equal(said, '42\n');
});

test('T14 an agent gets a copy, never a second name of the same file', missing('npm'), async () => {
  const { dir, layers, vault } = machine({ tree: LOCAL });
  const layer = layerOf(await layers.prepare(vault, 'tree', 'tree'));
  const worktree = join(dir, 'attempt', 'worktree');
  await vault.checkout('tree', worktree);
  await copyLayer(layer, worktree, path);
  const name = '.package-lock.json';
  const copy = join(worktree, 'node_modules', name);
  assert.notEqual(inode(copy), inode(join(layer.dir, name)));
  assert.equal(lstatSync(join(layer.dir, name)).nlink, 1);
  writeFileSync(copy, 'poison');
  assert.equal(await layers.recheck(layer), true);
  // What the agent has done to its copy is the agent's, also in its next turn.
  await copyLayer(layer, worktree, path);
  assert.equal(readFileSync(copy, 'utf8'), 'poison');
  assert.deepEqual(readdirSync(join(dir, 'attempt')), ['worktree']);
});

test(
  'T14 a poisoned layer is told, and without a sandbox it is built anew before its next use',
  { skip: slow || missing('npm').skip },
  async () => {
    const { layers, vault } = machine({ tree: LOCAL }, 'none');
    const layer = layerOf(await layers.prepare(vault, 'tree', 'tree'));
    writeFileSync(join(layer.dir, 'evil.js'), 'x');
    assert.equal(await layers.recheck(layer), false);
    assert.deepEqual(layerOf(await layers.prepare(vault, 'tree', 'tree')), layer);
    assert.equal(existsSync(join(layer.dir, 'evil.js')), false);
    assert.equal(await layers.recheck(layer), true);
  },
);

test(
  'T14 scripts run for the base only, and never with the credentials of the user',
  { skip: slow || missing('npm').skip },
  async () => {
    const after_ =
      `require('fs').writeFileSync('node_modules/ran.json', JSON.stringify([process.env, ` +
      `require('child_process').execSync('npm config ls -l --json 2>&1 || true', { encoding: 'utf8' })]))`;
    const manifest = {
      name: 'app',
      version: '1.0.0',
      dependencies: { local: 'file:packages/local' },
      scripts: { postinstall: 'node after.js' },
    };
    // A package's own script, as the lock file announces it.
    const local = {
      name: 'local',
      version: '1.0.0',
      scripts: {
        postinstall: `node -e "require('fs').writeFileSync('../../node_modules/package-ran.json', JSON.stringify(process.env))"`,
      },
    };
    const lock = String(LOCAL['package-lock.json']).replace(
      '"packages/local":{',
      '"packages/local":{"hasInstallScript":true,',
    );
    const tree: Files = {
      ...LOCAL,
      'package.json': json(manifest),
      'package-lock.json': lock,
      'packages/local/package.json': json(local),
      'after.js': after_,
      '.npmrc': 'registry=https://registry.npmjs.org/\n//example.com/:_authToken=${NPM_TOKEN}\n',
    };
    const { layers, vault } = machine({ tree });
    const candidate = layerOf(await layers.prepare(vault, 'tree', 'nothing'));
    const base = layerOf(await layers.prepare(vault, 'tree', 'tree'));
    for (const name of ['ran.json', 'package-ran.json']) {
      assert.equal(existsSync(join(candidate.dir, name)), false);
      assert.doesNotMatch(readFileSync(join(base.dir, name), 'utf8'), new RegExp(TOKEN));
    }
    assert.notEqual(base.digest, candidate.digest);
  },
);

test(
  'T14 scripts of the repository run without network, and one that fails is said',
  { skip: slow || missing('npm').skip || (sandbox.kind === 'none' && 'no sandbox here') },
  async () => {
    const sees = (file: string) =>
      `node -e "require('fs').writeFileSync('${file}', Object.keys(require('os').networkInterfaces()).join())"`;
    const manifest = (more: object): string =>
      json({ name: 'app', version: '1.0.0', dependencies: { local: 'file:packages/local' }, ...more });
    const tree: Files = {
      ...LOCAL,
      'package.json': manifest({ scripts: { install: sees('node_modules/seen'), prepare: 'exit 1' } }),
      'packages/local/package.json': json({
        name: 'local',
        version: '1.0.0',
        scripts: { postinstall: sees('../../node_modules/seen-too') },
      }),
      'examples/package.json': json({ name: 'example', scripts: { postinstall: 'exit 1' } }),
    };
    const failing = { ...tree, 'package.json': manifest({ scripts: { postinstall: 'exit 1' } }) };
    const { layers, vault } = machine({ tree, failing });
    const layer = layerOf(await layers.prepare(vault, 'tree', 'tree'));
    for (const file of ['seen', 'seen-too']) assert.match(readFileSync(join(layer.dir, file), 'utf8'), /^(?:lo)?$/);
    assert.equal(layer.kind, 'npm');
    const other = layerOf(await layers.prepare(vault, 'failing', 'failing'));
    assert.equal(other.kind, 'npm; "postinstall" of package.json failed without network');
  },
);

test(
  'a package whose script fails stops neither the others nor the layer, and is said',
  { skip: slow || missing('npm').skip },
  async () => {
    const packed = (name: string, script: string): Files => ({
      [`packages/${name}/package.json`]: json({ name, version: '1.0.0', scripts: { postinstall: script } }),
    });
    const tree: Files = {
      'package.json': json({
        name: 'app',
        version: '1.0.0',
        dependencies: { browser: 'file:packages/browser', works: 'file:packages/works' },
      }),
      '.npmrc': 'install-links=true\n',
      ...packed('browser', 'echo "Error: no route to the browser" >&2; exit 1'),
      ...packed('works', `node -e "require('fs').writeFileSync('built', '')"`),
    };
    const { layers, vault } = machine({ tree });
    const layer = layerOf(await layers.prepare(vault, 'tree', 'tree'));
    assert.match(layer.kind, /^npm.*; the script of package browser ended with exit code 1: .*no route to the browser/);
    assert.equal(existsSync(join(layer.dir, 'works/built')), true);
  },
);

test(
  'T14 a candidate that changes nothing that is installed uses the layer of the base',
  { skip: slow || missing('npm').skip },
  async () => {
    const changed = {
      ...LOCAL,
      'package.json': json({
        name: 'app',
        version: '1.0.0',
        dependencies: { local: 'file:packages/local' },
        scripts: { test: 'x' },
      }),
    };
    const { layers, vault } = machine({ base: LOCAL, changed });
    assert.deepEqual(await layers.prepare(vault, 'changed', 'base'), await layers.prepare(vault, 'changed', 'base'));
    const base = layerOf(await layers.prepare(vault, 'base', 'base'));
    const { layers: later } = { layers: openLayersAgain(base) };
    assert.equal(layerOf(await later.prepare(vault, 'changed', 'base')).digest, base.digest);
  },
);

/** The same state directory, as another run of the program sees it. */
function openLayersAgain(layer: Layer) {
  const stateDir = join(layer.dir, '..', '..', '..', '..');
  const env = { PATH: path, HOME: join(stateDir, '..', 'home') };
  return openLayers({ stateDir, sandboxes: openSandboxes({ env, mode: 'auto' }), env });
}

test(
  'T14 npm: an installation that fails is a result, with its output and without secrets',
  missing('npm'),
  async () => {
    const broken = { ...LOCAL, 'package.json': json({ name: 'app', version: '1.0.0', dependencies: { other: '1' } }) };
    const { layers, vault } = machine({ tree: broken });
    const result = await layers.prepare(vault, 'tree', 'nothing');
    assert.ok(result.kind === 'failed', json(result));
    assert.match(result.detail, /^npm ci ended with exit code 1(?:: |$)/);
    assert.match(result.tail, /lock file/);
    assert.doesNotMatch(result.tail, new RegExp(TOKEN));
  },
);

test('T14 a declared set-up is run once without credentials, and each gate and agent gets a copy of what it made', async () => {
  const setup = `sh -c 'mkdir deps && env > deps/env && echo made > $OMK_SETUP/tool'`;
  const tree = { '.omk/config.toml': `[worktree]\nsetup = ${json(setup)}\ncache = ["deps", "never"]\n` };
  const { dir, layers, vault } = machine({ tree, candidate: { ...tree, 'package.json': '{}' } });
  const layer = layerOf(await layers.prepare(vault, 'tree', 'tree'));
  assert.equal(layer.kind, 'setup');
  assert.equal(readFileSync(join(layer.dir, 'tool'), 'utf8'), 'made\n');
  const [deps, ...others] = layer.more ?? [];
  assert.deepEqual([deps?.mount, deps?.writable, others], ['deps', true, []]);
  assert.doesNotMatch(readFileSync(join(deps?.dir ?? '', 'env'), 'utf8'), new RegExp(TOKEN));
  assert.deepEqual(layerOf(await layers.prepare(vault, 'candidate', 'tree')), layer);
  const worktree = join(dir, 'attempt', 'worktree');
  mkdirSync(worktree, { recursive: true });
  const copied = await copyLayer(layer, worktree, path);
  assert.deepEqual(copied.paths, ['deps']);
  assert.equal(copied.env['OMK_SETUP'], join(dir, 'attempt', 'scratch', 'setup'));
});

const crates = missing('cargo');
test(
  'T14 crates are compiled for the base once, and nothing of the repository stays in what candidates get',
  { skip: crates.skip || slow },
  async () => {
    const cargo = '[package]\nname = "proj"\nversion = "0.1.0"\nedition = "2021"\n[dependencies]\nitoa = "1"\n';
    const itoa =
      'name = "itoa"\nversion = "1.0.19"\nsource = "registry+https://github.com/rust-lang/crates.io-index' +
      '"\nchecksum = "3bd1574e617a9a6c1f8f8181bd7e841e1f20e4277607ef28945765188d6284d4"\n';
    const tree: Files = {
      'Cargo.toml': cargo,
      'Cargo.lock': `version = 4\n\n[[package]]\n${itoa}\n[[package]]\nname = "proj"\nversion = "0.1.0"\ndependencies = [\n "itoa",\n]\n`,
      'src/lib.rs': 'pub fn check(n: u32) -> String {\n    itoa::Buffer::new().format(n).to_string()\n}\n',
      'tests/check.rs': '#[test]\nfn checks() {\n    assert_eq!(proj::check(3), "3");\n}\n',
    };
    const { layers, vault } = machine({ tree, candidate: { ...tree, 'Cargo.toml': `${cargo}\n` } });
    const layer = layerOf(await layers.prepare(vault, 'tree', 'tree'));
    const target = layer.more?.find(({ mount }) => mount === 'target');
    assert.equal(target?.writable, true);
    const files = readdirSync(target?.dir ?? '', { recursive: true, encoding: 'utf8' });
    assert.ok(
      files.some((file) => /libitoa-.*\.rlib$/.test(file)),
      'the crate is compiled',
    );
    assert.deepEqual(
      files.filter((file) => /proj|check-/.test(file)),
      [],
    );
    const own = layerOf(await layers.prepare(vault, 'candidate', 'tree'));
    assert.equal(own.more?.find(({ mount }) => mount === 'target')?.dir, target?.dir);
  },
);

const LOCKLESS: Files = Object.fromEntries(Object.entries(LOCAL).filter(([path]) => path !== 'package-lock.json'));

test('T14 npm: without a lock file one is made for the base, once, and it stays', missing('npm'), async () => {
  const more = { 'packages/more/package.json': json({ name: 'more', version: '2.0.0' }) };
  const dependencies = { local: 'file:packages/local', more: 'file:packages/more' };
  const trees = {
    tree: { ...LOCKLESS, '.npmrc': 'package-lock=false\n' },
    later: { ...LOCKLESS, '.npmrc': 'package-lock=false\n', 'readme.md': 'x' },
    candidate: { ...LOCKLESS, ...more, 'package.json': json({ name: 'app', version: '1.0.0', dependencies }) },
  };
  const { dir, layers, vault } = machine(trees);
  const layer = layerOf(await layers.prepare(vault, 'tree', 'tree'));
  assert.equal(layer.kind, 'npm (package-lock.json made by omk)');
  const [lock] = layer.locks ?? [];
  assert.equal(lock?.path, 'package-lock.json');
  assert.match(lock.text, /"node_modules\/local"/);
  assert.deepEqual(layerOf(await layers.prepare(vault, 'later', 'later')), layer);
  assert.equal(existsSync(join(dir, 'state', 'tmp')) && readdirSync(join(dir, 'state', 'tmp')).join(), '');

  const own = layerOf(await layers.prepare(vault, 'candidate', 'tree'));
  assert.ok(lstatSync(join(own.dir, 'more')).isSymbolicLink());
  assert.notEqual(own.digest, layer.digest);

  // Even where another would be made today.
  const [file] = readdirSync(join(dir, 'state', 'locks')).filter((name) =>
    readFileSync(join(dir, 'state', 'locks', name), 'utf8').includes('"node_modules/more"') ? false : true,
  );
  writeFileSync(join(dir, 'state', 'locks', file ?? ''), lock.text.replace('"1.0.0"', '"1.0.0" '));
  const again = openLayers({
    stateDir: join(dir, 'state'),
    sandboxes: openSandboxes({ env: { PATH: path } }),
    env: { PATH: path },
  });
  const kept = layerOf(await again.prepare(vault, 'tree', 'tree'));
  assert.notEqual(kept.digest, layer.digest);
  assert.match(kept.locks?.[0]?.text ?? '', /"1\.0\.0" /);
});

test('without manifests, or without a lock file that could be made, there is no layer, and the reason says so', async () => {
  const { layers, vault } = machine(
    { empty: {}, lockless: { 'package.json': json({ dependencies: { x: '1' } }) } },
    'auto',
    {
      npm_config_registry: 'http://127.0.0.1:9/',
    },
  );
  assert.deepEqual(await layers.prepare(vault, 'empty', 'empty'), {
    kind: 'none',
    why: 'no manifest of a package manager was found',
  });
  const result = await layers.prepare(vault, 'lockless', 'lockless');
  assert.equal(result.kind === 'none' && result.lacking, true);
  assert.match(
    result.kind === 'none' ? result.why : '',
    /^there is no package-lock\.json, and none can be made: npm install ended with exit code 1: /,
  );
});

const reachable = async (url: string): Promise<{ skip: string | false }> => {
  try {
    await fetch(url, { method: 'HEAD', signal: AbortSignal.timeout(10_000) });
    return { skip: false };
  } catch {
    return { skip: `${url} cannot be reached` };
  }
};

test(
  'npm: a package of the registry is installed',
  await reachable('https://registry.npmjs.org/is-number'),
  async () => {
    const integrity = 'sha512-41Cifkg6e8TylSpdtTpeLVMqvSBEVzTttHvERD741+pnZ8ANv0004MRL43QKPDlK9cGvNp6NZWZUBlbGXYxxng==';
    const dependencies = { 'is-number': '7.0.0' };
    const packages = {
      '': { name: 'app', version: '1.0.0', dependencies },
      'node_modules/is-number': { version: '7.0.0', integrity },
    };
    const tree = {
      'package.json': json({ name: 'app', version: '1.0.0', dependencies }),
      'package-lock.json': json({ name: 'app', version: '1.0.0', lockfileVersion: 3, requires: true, packages }),
    };
    const { layers, vault } = machine({ tree });
    assert.ok(existsSync(join(layerOf(await layers.prepare(vault, 'tree', 'nothing')).dir, 'is-number', 'index.js')));
  },
);

test(
  'npm and pip: one layer holds both, and packages of the index',
  { skip: slow || (await reachable('https://pypi.org/simple/six/')).skip },
  async () => {
    const { layers, vault } = machine({ tree: { ...LOCAL, 'requirements.txt': 'six==1.16.0\n' } });
    const layer = layerOf(await layers.prepare(vault, 'tree', 'tree'));
    const [venv] = layer.more ?? [];
    assert.ok(/^npm and pip /.test(layer.kind) && layer.mount === 'node_modules' && venv?.mount === null);
    assert.equal(
      execFileSync(join(venv.dir, 'bin', 'python'), ['-c', 'import six; print(six.__version__)'], {
        encoding: 'utf8',
        env: { PYTHONDONTWRITEBYTECODE: '1' },
      }),
      '1.16.0\n',
    );
    assert.equal(await layers.recheck(layer), true);
  },
);

test('a set-up command has what is installed for the base', { skip: slow || missing('npm').skip }, async () => {
  const setup = `node -e "fs.mkdirSync('made'); fs.writeFileSync('made/it.txt', String(require('local')))"`;
  const declares = `[worktree]\nsetup = ${json(setup)}\ncache = ["made"]\n`;
  for (const mode of ['auto', 'none'] as const) {
    const { layers, vault } = machine({ tree: { ...LOCAL, '.omk/config.toml': declares } }, mode);
    const layer = layerOf(await layers.prepare(vault, 'tree', 'tree'));
    const made = layer.more?.find(({ mount }) => mount === 'made');
    assert.equal(readFileSync(join(made?.dir ?? '', 'it.txt'), 'utf8'), '42', mode);
  }
});

test('a build tool that is missing is for the gates to say, a package manager that is missing is not', async () => {
  const bin = join(top, 'empty-bin');
  mkdirSync(bin, { recursive: true });
  const { layers, vault } = machine(
    { built: { 'build.gradle': '', 'pom.xml': '<project/>' }, installed: LOCAL },
    'none',
    { PATH: bin },
  );
  const built = await layers.prepare(vault, 'built', 'built');
  assert.equal(built.kind, 'none');
  assert.match(
    built.kind === 'none' ? built.why : '',
    /mvn is not on the PATH, or does not say its version within a minute; gradle is not/,
  );
  const installed = await layers.prepare(vault, 'installed', 'installed');
  assert.match(
    installed.kind === 'failed' ? installed.detail : '',
    /^(?:node|npm) is not on the PATH, or does not say its version within a minute: install /,
  );
});
