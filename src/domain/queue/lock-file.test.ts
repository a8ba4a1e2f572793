import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isLockFile, isLockOf, isWrittenManifest } from './lock-file.ts';

test('a lock file is known by its name, in any folder but those of what is installed', () => {
  for (const path of ['package-lock.json', 'packages/a/package-lock.json', 'Cargo.lock', 'my_vendor/Cargo.lock'])
    assert.equal(isLockFile(path), true, path);
  for (const path of [
    'package.json',
    'node_modules/a/package-lock.json',
    'a/vendor/b/go.sum',
    'vendor/go.sum',
    'go.sum/x',
  ])
    assert.equal(isLockFile(path), false, path);
});

test('a lock file is for the manifests beside it and below', () => {
  assert.equal(isLockOf('package-lock.json', ['packages/a/package.json']), true);
  assert.equal(isLockOf('a/package-lock.json', ['b/package.json', 'a/package.json']), true, 'one of them is enough');
  assert.equal(isLockOf('a/package-lock.json', ['package.json', 'ab/package.json']), false);
  assert.equal(isLockOf('a/package-lock.json', []), false);
});

test('a manifest that is written by hand is no lock file', () => {
  for (const path of ['package.json', 'a/Cargo.toml', 'go.mod', 'locks/package.json'])
    assert.equal(isWrittenManifest(path), true, path);
  for (const path of ['package-lock.json', 'a/Cargo.lock', 'npm-shrinkwrap.json', 'README.md'])
    assert.equal(isWrittenManifest(path), false, path);
});
