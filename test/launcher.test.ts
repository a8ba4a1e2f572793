import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';

const root = join(import.meta.dirname, '..');

/** A copy of the launcher, so that what stands beside it can be chosen. */
function launcher(t: TestContext, dist: string | null): { readonly dir: string; readonly file: string } {
  const dir = mkdtempSync(join(tmpdir(), 'omk-launcher-'));
  t.after(() => rmSync(dir, { recursive: true, force: true }));
  mkdirSync(join(dir, 'bin'));
  for (const name of ['omk.js', 'package.json']) copyFileSync(join(root, 'bin', name), join(dir, 'bin', name));
  writeFileSync(join(dir, 'package.json'), '{ "version": "9.8.7", "type": "module" }');
  if (dist !== null) {
    mkdirSync(join(dir, 'dist'));
    writeFileSync(join(dir, 'dist', 'omk.js'), dist);
  }
  return { dir, file: join(dir, 'bin', 'omk.js') };
}

function run(
  argv: readonly string[],
  dir: string,
): { readonly status: number | null; readonly stdout: string; readonly stderr: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, argv, {
    env: { OMK_STATE_DIR: join(dir, 'state'), HOME: dir },
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

test('--version answers before anything else is loaded', (t) => {
  const { dir, file } = launcher(t, "throw new Error('loaded');");
  for (const flag of ['--version', '-V'])
    assert.deepEqual(run([file, flag], dir), { status: 0, stdout: '9.8.7\n', stderr: '' });
});

test('without a build it says what to do', (t) => {
  const { dir, file } = launcher(t, null);
  assert.deepEqual(run([file, 'demo'], dir), {
    status: 2,
    stdout: '',
    stderr: `omk: it is not built yet: run \`npm ci\` in ${dir}.\n`,
  });
});

test('a module missing inside the build is a bug, not a missing build', (t) => {
  const { dir, file } = launcher(t, "import './chunk-gone.js';");
  const { status, stderr } = run([file, 'demo'], dir);
  assert.equal(status, 1);
  assert.match(stderr, /chunk-gone\.js/);
});

test('an older Node gets one sentence and exit code 2', (t) => {
  const { dir, file } = launcher(t, "throw new Error('loaded');");
  const old = join(dir, 'old.cjs');
  writeFileSync(
    old,
    `Object.defineProperty(process.versions, 'node', { value: '20.20.2' });\nprocess.argv.splice(1, 1);\n` +
      `require(${JSON.stringify(file)});\n`,
  );
  assert.deepEqual(run([old, file, 'demo'], dir), {
    status: 2,
    stdout: '',
    stderr: 'omk: this is Node 20.20.2, and omk needs Node 24 or newer (https://nodejs.org).\n',
  });
});

test('compiled code is cached where agents cannot see it', (t) => {
  const { dir, file } = launcher(t, "process.stdout.write('ran');");
  assert.equal(run([file, 'demo'], dir).stdout, 'ran');
  assert.equal(statSync(join(dir, 'state')).mode & 0o777, 0o700);
  assert.ok(statSync(join(dir, 'state', 'compiled')).isDirectory());
});

test('nothing is put into a state directory that others can enter', (t) => {
  const { dir, file } = launcher(t, "process.stdout.write('ran');");
  mkdirSync(join(dir, 'state'));
  chmodSync(join(dir, 'state'), 0o755);
  assert.equal(run([file, 'demo'], dir).stdout, 'ran');
  assert.deepEqual(readdirSync(join(dir, 'state')), []);
});

test('the launcher is written for every Node since 12', () => {
  const source = readFileSync(join(root, 'bin', 'omk.js'), 'utf8');
  assert.doesNotMatch(source, /=>|\?\.|\?\?|`\$\{|\b(?:const|let|class|async|await)\b|node:/);
});
