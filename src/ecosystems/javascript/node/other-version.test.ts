import assert from 'node:assert/strict';
import { test } from 'node:test';
import { laterPnpm, otherVersion } from './other-version.ts';

test('another major version than the one that is named is said, with what mends it', () => {
  const manifest = '{ "packageManager": "pnpm@10.14.0-0+sha512.2cd47a" }';
  assert.equal(
    otherVersion(manifest, 'pnpm', '9.15.9'),
    'package.json names pnpm 10.14.0-0, and 9.15.9 is installed: run "corepack enable", or install 10.14.0-0',
  );
  assert.equal(otherVersion(manifest, 'pnpm', '10.2.0'), null);
  assert.equal(otherVersion(manifest, 'yarn', '1.22.22'), null);
  assert.equal(otherVersion('{}', 'pnpm', '9.15.9'), null);
  assert.equal(otherVersion(manifest, 'pnpm', 'none'), null);
});

test('settings of pnpm that name no packages are for version 10 and later', () => {
  assert.match(laterPnpm('allowBuilds:\n  a: true\n', '9.15.9') ?? '', /install pnpm 10 or later$/);
  assert.equal(laterPnpm('packages:\n  - a\n', '9.15.9'), null);
  assert.equal(laterPnpm('allowBuilds:\n', '10.1.0'), null);
  assert.equal(laterPnpm(null, '9.15.9'), null);
  assert.equal(laterPnpm('allowBuilds:\n', 'none'), null);
});
