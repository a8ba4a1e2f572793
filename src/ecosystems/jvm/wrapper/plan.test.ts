import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { gatePath } from '../../../world/sandbox/environment.ts';
import { openSandboxes } from '../../../world/sandbox/open.ts';
import type { LayerResult } from '../../../world/gates/port.ts';
import { fakeVault, type Files } from '../../../world/gates/testing/fake-vault.ts';
import { copyLayer } from '../../../world/gates/layers/for-agent.ts';
import { openLayers } from '../../../world/gates/layers/open.ts';
import { readerOf } from '../../../world/gates/layers/testing.ts';
import { archiveIn, fetchedBy, WRAPPERS } from './find.ts';
import { WRAPPER_PLANNERS } from './plan.ts';

const GRADLE =
  'distributionBase=GRADLE_USER_HOME\ndistributionUrl=https\\://services.example.com/distributions/gradle-8.5-bin.zip\n';
const BASE: Files = { 'build.gradle': 'a', 'gradle/wrapper/gradle-wrapper.properties': GRADLE };
const [gradle, maven] = WRAPPERS;

function temporary(t: TestContext): string {
  const dir = mkdtempSync(join(tmpdir(), 'omk wrapper-'));
  t.after(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  chmodSync(file, 0o755);
}

test('the archive that a wrapper names', () => {
  assert.equal(archiveIn(GRADLE), 'gradle-8.5-bin');
  assert.equal(
    archiveIn(
      'wrapperVersion=3.3.2\ndistributionUrl = https://repo.example.com/maven/apache-maven-4.0.0-rc-1-bin.tar.gz\n',
    ),
    'apache-maven-4.0.0-rc-1-bin',
  );
  for (const none of [
    '',
    '#distributionUrl=https://x/a.zip',
    'distributionUrl=a.zip',
    'distributionUrl=https://x/../..',
    'distributionUrl=https://x/...',
  ])
    assert.equal(archiveIn(none), null, none);
});

test('what a wrapper fetched is found where it is whole', (t) => {
  const HOME = temporary(t);
  assert.ok(gradle && maven);
  const kept = join(HOME, '.gradle/wrapper/dists/gradle-8.5-bin/abc');
  write(join(kept, 'gradle-8.5/bin/gradle'), '');
  assert.equal(fetchedBy(gradle, 'gradle-8.5-bin', { HOME }), null);
  write(join(kept, 'gradle-8.5-bin.zip.ok'), '');
  assert.equal(fetchedBy(gradle, 'gradle-8.5-bin', { HOME }), join(kept, 'gradle-8.5'));
  assert.equal(fetchedBy(gradle, 'gradle-8.5-bin', { HOME, GRADLE_USER_HOME: join(HOME, 'other') }), null);
  assert.equal(fetchedBy(gradle, 'gradle-8.6-bin', { HOME }), null);
  assert.equal(fetchedBy(gradle, 'gradle-8.5-bin', {}), null);
  const own = join(HOME, '.m2/wrapper/dists/apache-maven-3.9.9/def');
  write(join(own, 'bin/mvn'), '');
  assert.equal(fetchedBy(maven, 'apache-maven-3.9.9-bin', { HOME }), own);
});

/** A machine with a gradle on its PATH, or none, and one that a wrapper fetched; each writes its name into its home. */
function machine(
  HOME: string,
  on: { readonly path: boolean; readonly fetched: boolean },
): ReturnType<typeof openLayers> {
  const program = (name: string): string =>
    `#!/bin/sh\n[ "$1" = --version ] && echo '${name}' && exit 0\necho '${name}' > "$GRADLE_USER_HOME/ran"\n`;
  mkdirSync(join(HOME, 'bin'));
  if (on.path) write(join(HOME, 'bin/gradle'), program('of the PATH'));
  const kept = join(HOME, '.gradle/wrapper/dists/gradle-8.5-bin/abc');
  if (on.fetched) {
    write(join(kept, 'gradle-8.5/bin/gradle'), program('of the wrapper'));
    write(join(kept, 'gradle-8.5-bin.zip.ok'), '');
  }
  const env = { PATH: [join(HOME, 'bin'), ...(on.path || on.fetched ? ['/usr/bin', '/bin'] : [])].join(':'), HOME };
  return openLayers({ stateDir: join(HOME, 'state'), sandboxes: openSandboxes({ env, mode: 'none' }), env });
}

const prepare = (
  t: TestContext,
  files: Files,
  on: { readonly path: boolean; readonly fetched: boolean },
): Promise<LayerResult> => machine(temporary(t), on).prepare(fakeVault({ base: files }), 'base', 'base');

/** Which program filled the home of the gradle layer. */
function ran(result: LayerResult): string {
  assert.ok(result.kind === 'layer', JSON.stringify(result));
  return readFileSync(join(result.layer.env['GRADLE_USER_HOME'] ?? '', 'ran'), 'utf8').trim();
}

test('the build tool of the wrapper comes before that of the PATH, for layers and for gates', async (t) => {
  const result = await prepare(t, BASE, { path: true, fetched: true });
  assert.equal(ran(result), 'of the wrapper');
  assert.ok(result.kind === 'layer');
  const [bin = ''] = result.layer.pathPrefix;
  assert.deepEqual(readdirSync(bin), ['gradle']);
  assert.match(readFileSync(join(bin, 'gradle'), 'utf8'), /of the wrapper/);
  assert.equal(ran(await prepare(t, BASE, { path: false, fetched: true })), 'of the wrapper');
});

test('an agent has a copy of it', async (t) => {
  const HOME = temporary(t);
  const layers = machine(HOME, { path: false, fetched: true });
  const made = await layers.prepare(fakeVault({ base: BASE }), 'base', 'base');
  assert.ok(made.kind === 'layer');
  mkdirSync(join(HOME, 'attempt'));
  const { pathPrefix } = await copyLayer(made.layer, join(HOME, 'attempt/tree'), gatePath(process.env));
  assert.deepEqual(pathPrefix, [join(HOME, 'attempt/scratch/gradle-wrapped/bin')]);
  assert.deepEqual(readdirSync(pathPrefix[0] ?? ''), ['gradle']);
});

test('T14 a candidate has the build tool of its base, whatever its wrapper names', async () => {
  const planner = WRAPPER_PLANNERS[0];
  assert.ok(planner);
  const own = readerOf({ ...BASE, 'gradle/wrapper/gradle-wrapper.properties': GRADLE.replace('8.5', '9.9') });
  const planned = await planner({ ...own, trust: 'candidate', base: readerOf(BASE).base }, 'own', {});
  assert.match(planned.kind === 'none' ? (planned.why ?? '') : planned.kind, /^gradle-8\.5-bin, /);
});

test('without it, that of the PATH is used', async (t) => {
  const result = await prepare(t, BASE, { path: true, fetched: false });
  assert.equal(ran(result), 'of the PATH');
  assert.deepEqual(result.kind === 'layer' && result.layer.pathPrefix, []);
  assert.equal(ran(await prepare(t, { 'build.gradle': 'a' }, { path: true, fetched: true })), 'of the PATH');
});

test('where there is neither, it is said how to get it', async (t) => {
  const result = await prepare(t, BASE, { path: false, fetched: false });
  assert.equal(
    result.kind === 'none' ? result.why : '',
    'gradle is not on the PATH, or does not say its version within a minute; gradle-8.5-bin, which ' +
      'gradle/wrapper/gradle-wrapper.properties names, is not on this machine: run ./gradlew --version once',
  );
});
