import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { openSandboxes } from '../../../world/sandbox/open.ts';
import type { LayerResult } from '../../../world/gates/port.ts';
import { fakeVault, type Files } from '../../../world/gates/testing/fake-vault.ts';
import { openLayers } from '../../../world/gates/layers/open.ts';
import type { Planned } from '../../../world/gates/layers/plan.ts';
import { readerOf } from '../../../world/gates/layers/testing.ts';
import { planGradle } from './plan.ts';

const BASE = {
  'build.gradle': 'a',
  'gradle/libs.versions.toml': 'b',
  'gradle.lockfile': 'c',
  'src/main/java/A.java': 'd',
};
const candidate = (own: Files, base: Files = BASE): Promise<Planned> =>
  planGradle({ ...readerOf(own, 'own'), trust: 'candidate', base: readerOf(base).base }, 'own');

test('T14 a candidate has the layer of the base, whatever it did to build scripts', async () => {
  const base = await planGradle(readerOf(BASE), 'tree');
  const own = await candidate({
    ...BASE,
    'build.gradle': 'other',
    'buildSrc/A.java': 'new',
    'src/main/java/A.java': 'e',
  });
  assert.ok(base.kind === 'plan' && own.kind === 'plan');
  assert.deepEqual(own.inputs, base.inputs);
  assert.deepEqual(await candidate({ 'build.gradle': 'brought along' }, {}), {
    kind: 'none',
    why: null,
    declared: false,
  });
});

test('T14 a candidate that asks for other dependencies is refused, because fetching them would run code', async () => {
  for (const [path, own] of [
    ['gradle/libs.versions.toml', { ...BASE, 'gradle/libs.versions.toml': 'other' }],
    ['app/gradle.lockfile', { ...BASE, 'app/gradle.lockfile': 'new' }],
    ['gradle.lockfile', { 'build.gradle': 'a', 'gradle/libs.versions.toml': 'b' }],
  ] as const) {
    const planned = await candidate(own);
    assert.match(
      planned.kind === 'failed' ? planned.detail : '',
      new RegExp(`^${path} asks for other dependencies than the base`),
    );
  }
});

test('all that decides is known', async () => {
  const inputs = async (files: Files): Promise<unknown> => {
    const planned = await planGradle(readerOf(files), 'tree');
    return planned.kind === 'plan' ? planned.inputs : assert.fail(planned.kind);
  };
  const before = await inputs(BASE);
  for (const path of [
    'settings.gradle.kts',
    'core/core.gradle',
    'gradle.properties',
    'gradle/verification-metadata.xml',
    'buildSrc/src/A.java',
    'build-logic/A.kt',
    'gradle/wrapper/gradle-wrapper.properties',
    'gradle/dependency-locks/a.lockfile',
  ])
    assert.notDeepEqual(await inputs({ ...BASE, [path]: 'x' }), before, path);
  for (const path of ['README.md', 'src/test/java/ATest.java'])
    assert.deepEqual(await inputs({ ...BASE, [path]: 'x' }), before, path);
});

/** A program named gradle that keeps what it was given in its home, says `said`, and ends with 1. */
function prepare(
  t: TestContext,
  said: string,
): { readonly candidate: () => Promise<LayerResult>; readonly base: () => Promise<LayerResult> } {
  const dir = mkdtempSync(join(tmpdir(), 'omk-gradle-'));
  t.after(() => rmSync(dir, { recursive: true, force: true }));
  const bin = join(dir, 'bin');
  mkdirSync(bin);
  const script = `#!/bin/sh
[ "$1" = --version ] && echo 'Gradle 1' && exit 0
env > "$GRADLE_USER_HOME/env"
echo "$@" > "$GRADLE_USER_HOME/args"
mkdir -p "$GRADLE_USER_HOME/caches/1/fileHashes" "$GRADLE_USER_HOME/caches/build-cache-1" "$GRADLE_USER_HOME/caches/modules-2" \
"$GRADLE_USER_HOME/daemon"
echo '${said}' >&2
exit 1
`;
  writeFileSync(join(bin, 'gradle'), script);
  chmodSync(join(bin, 'gradle'), 0o755);
  const env = {
    PATH: `${bin}:${process.env['PATH']}`,
    HOME: dir,
    HTTPS_PROXY: 'http://user:secret@proxy.example.com:8080',
    ORG_GRADLE_PROJECT_token: 'secret',
  };
  const layers = openLayers({ stateDir: join(dir, 'state'), sandboxes: openSandboxes({ env, mode: 'none' }), env });
  const vault = fakeVault({ base: BASE, own: { ...BASE, 'build.gradle': 'other' } });
  return { base: () => layers.prepare(vault, 'base', 'base'), candidate: () => layers.prepare(vault, 'own', 'base') };
}

test('T14 a base whose build fails fills the home too, without credentials, and only what was downloaded stays', async (t) => {
  const { base } = prepare(t, 'There were failing tests');
  const result = await base();
  assert.ok(result.kind === 'layer', JSON.stringify(result));
  const { dir, env, offline } = result.layer;
  assert.deepEqual(
    [result.layer.fixed, result.layer.writable, env['GRADLE_USER_HOME'], offline?.['OMK_GRADLE_OFFLINE']],
    ['/omk/deps/gradle', true, dir, 'true'],
  );
  const read = (name: string): string => readFileSync(join(dir, name), 'utf8');
  assert.match(
    read('args'),
    /--no-daemon --continue .*-Dhttps\.proxyHost=proxy\.example\.com -Dhttps\.proxyPort=8080 omkResolve omkTest/,
  );
  assert.doesNotMatch(read('env') + read('args'), /secret/);
  assert.match(read('gradle.properties'), /^org\.gradle\.daemon=false$/m);
  assert.match(read('init.d/omk.gradle'), /startParameter\.offline = true/);
  assert.deepEqual(readdirSync(dir).sort(), ['args', 'caches', 'env', 'gradle.properties', 'init.d']);
  assert.deepEqual(readdirSync(join(dir, 'caches'), { recursive: true, encoding: 'utf8' }).sort(), ['1', 'modules-2']);
});

test('what could not be fetched is a failure with its name', async (t) => {
  const result = await prepare(t, '> Could not resolve all files\n  > Could not resolve org.example:a:1.').base();
  assert.equal(result.kind === 'failed' ? result.detail : '', 'gradle test: Could not resolve org.example:a:1.');
});

test('T14 a candidate uses what was filled for the base', async (t) => {
  const { base, candidate: own } = prepare(t, '');
  assert.equal((await base()).kind, 'layer');
  assert.deepEqual(await own(), await base());
});

test('T14 nothing of a candidate runs, not even when the layer of the base is gone', async (t) => {
  const result = await prepare(t, '').candidate();
  assert.match(result.kind === 'failed' ? result.detail : result.kind, /are not there any more/);
});
