import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { does, wantedManager } from './wanted-manager.ts';

const of = (manifest: object, texts: Readonly<Record<string, string>> = {}) =>
  wantedManager({ manifest: JSON.stringify(manifest), paths: Object.keys(texts), texts });
const PNPM_9 = { 'pnpm-lock.yaml': "lockfileVersion: '9.0'\n" };

suite('the package manager that a project is set up for', () => {
  test('is what it names, to the major version', () => {
    const named = of({ packageManager: 'pnpm@10.14.0+sha512.ab' });
    assert.deepEqual(named, { tool: 'pnpm', package: 'pnpm', version: '10.14.0', majors: { first: 10, last: 10 } });
    assert.equal(does(named, '10.2.1'), true);
    for (const other of ['9.15.9', '11.0.0', 'none', '']) assert.equal(does(named, other), false, other);
    assert.equal(does(named, 'corepack 0.31.0'), true);
    assert.equal(of({ packageManager: 'yarn@4.9.1' })?.package, '@yarnpkg/cli-dist');
    assert.equal(of({ packageManager: 'yarn@1.22.22' })?.package, 'yarn');
  });

  test('is never something else than a version', () => {
    for (const version of ['npm:evil', 'latest', '../x', '10 --x', 'https://x/y.tgz'])
      assert.equal(of({ packageManager: `pnpm@${version}` }), null, version);
  });

  test('shows in its files where it names none', () => {
    const majors = (texts: Readonly<Record<string, string>>) => of({}, texts)?.majors;
    assert.deepEqual(majors(PNPM_9), { first: 9 });
    assert.deepEqual(majors({ ...PNPM_9, 'pnpm-workspace.yaml': 'ignoredBuiltDependencies:\n' }), { first: 10 });
    assert.deepEqual(majors({ ...PNPM_9, 'pnpm-workspace.yaml': 'packages:\n  - a\n' }), { first: 9 });
    assert.deepEqual(majors({ 'pnpm-lock.yaml': 'lockfileVersion: 5.4\n' }), { first: 7, last: 7 });
    assert.deepEqual(majors({ 'yarn.lock': '# yarn lockfile v1\n' }), { first: 1, last: 1 });
    assert.deepEqual(majors({ 'yarn.lock': '__metadata:\n  version: 8\n' }), { first: 2 });
  });

  test('is none of ours where it is npm or bun, or where yarn is part of the tree', () => {
    assert.equal(of({ packageManager: 'npm@11.0.0' }), null);
    assert.equal(of({}, { 'bun.lock': '' }), null);
    const own = { 'yarn.lock': '__metadata:\n  version: 8\n', '.yarnrc.yml': 'yarnPath: .yarn/releases/yarn.cjs\n' };
    assert.equal(of({ packageManager: 'yarn@4.9.1' }, own), null);
  });
});
