import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite, test, type TestContext } from 'node:test';
import { openSandboxes } from '../../../world/sandbox/open.ts';
import type { LayerResult } from '../../../world/gates/port.ts';
import { fakeVault } from '../../../world/gates/testing/fake-vault.ts';
import { openLayers } from '../../../world/gates/layers/open.ts';
import { readerOf } from '../../../world/gates/layers/testing.ts';
import { planNodeManager } from './manager-layer.ts';

const NAMES_10 = JSON.stringify({ packageManager: 'pnpm@10.14.0' });

type Tree = Readonly<Record<string, string>>;

/** The layer of a project that names pnpm 10.14.0, where programs stand in for npm and pnpm; `fetched` is what npm brings. */
async function prepared(
  t: TestContext,
  installed: string,
  fetched: string,
  tree: Tree = { 'package.json': NAMES_10 },
): Promise<LayerResult> {
  const dir = realpathSync(mkdtempSync(join(tmpdir(), 'omk manager-')));
  t.after(() => rmSync(dir, { recursive: true, force: true }));
  mkdirSync(join(dir, 'bin'));
  const program = (name: string, text: string): void =>
    writeFileSync(join(dir, 'bin', name), `#!/bin/sh\n${text}\n`, { mode: 0o755 });
  program('pnpm', `echo ${installed}`);
  // npm install --prefix <folder> ...
  program(
    'npm',
    `[ "$1" = install ] || exec echo 11.0.0
mkdir -p "$3/node_modules/.bin"
printf '#!/bin/sh\n${fetched}\n' > "$3/node_modules/.bin/pnpm"
chmod +x "$3/node_modules/.bin/pnpm"`,
  );
  const env = { PATH: `${join(dir, 'bin')}:${process.env['PATH'] ?? ''}`, HOME: dir };
  const layers = openLayers({ stateDir: join(dir, 'state'), sandboxes: openSandboxes({ env, mode: 'none' }), env });
  return layers.prepare(fakeVault({ tree }), 'tree', 'tree');
}

suite('the package manager that a project names', () => {
  test('is fetched where another major version is installed, and comes first on the PATH', async (t) => {
    const found = await prepared(t, '9.15.9', 'echo 10.14.0');
    assert.equal(found.kind === 'layer' && found.layer.kind, 'pnpm 10.14.0', JSON.stringify(found));
    assert.match((found.kind === 'layer' && found.layer.pathPrefix[0]) || '', /node_modules\/\.bin$/);
  });

  test('is not fetched where what is installed will do', async (t) => {
    const found = await prepared(t, '10.2.0', 'echo 10.14.0');
    assert.deepEqual(found, { kind: 'none', why: 'package.json declares no dependencies' });
  });

  test('is left out, and that is said, where it does not run here', async (t) => {
    const found = await prepared(t, '9.15.9', 'echo "Error: this wants Node 22" >&2; exit 1');
    assert.match(found.kind === 'none' ? found.why : '', /^without the pnpm 10\.14\.0: .*Error: this wants Node 22/);
  });

  test('is named with why it does not run, where nothing can be installed without it', async (t) => {
    const needs = { packageManager: 'pnpm@10.14.0', dependencies: { a: '1.0.0' } };
    const tree = { 'package.json': JSON.stringify(needs), 'pnpm-lock.yaml': "lockfileVersion: '9.0'\n" };
    // What is installed says its version, and installs nothing.
    const old = '9.15.9; [ "$1" = --version ] || exit 1';
    const found = await prepared(t, old, 'echo "Error: this wants Node 22" >&2; exit 1', tree);
    assert.equal(found.kind, 'failed', JSON.stringify(found));
    assert.match(
      found.kind === 'failed' ? found.detail : '',
      /^pnpm install ended with exit code 1.*; without the pnpm 10\.14\.0: .*Error: this wants Node 22/,
    );
  });

  test('is that of the base, whatever a candidate names', async () => {
    const base = { ...readerOf({ 'package.json': NAMES_10 }), tree: 'base' };
    const files = readerOf({ 'package.json': JSON.stringify({ packageManager: 'pnpm@8.0.0' }) });
    const plan = await planNodeManager({ ...files, trust: 'candidate', base }, 'tree');
    assert.equal(plan.kind === 'plan' && plan.manager, 'pnpm 10.14.0');
  });
});
