import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { openSandboxes } from '../../../world/sandbox/open.ts';
import type { LayerResult } from '../../../world/gates/port.ts';
import { fakeVault, type Files } from '../../../world/gates/testing/fake-vault.ts';
import { openLayers } from '../../../world/gates/layers/open.ts';

const BASE = { Gemfile: "source 'x'\ngem 'a'\n", 'a.gemspec': "s.add_dependency 'b'\ns.summary = 'one'\n" };

/** A program named bundle that has nothing here unless `has` says so, and fetches unless `online` is false. */
function prepare(t: TestContext, online: boolean, has = false): (own?: Files) => Promise<LayerResult> {
  const dir = mkdtempSync(join(tmpdir(), 'omk-bundler-'));
  t.after(() => rmSync(dir, { recursive: true, force: true }));
  const bin = join(dir, 'bin');
  mkdirSync(bin);
  const programs = {
    ruby: '#!/bin/sh\necho ruby 3\n',
    bundle: `#!/bin/sh
[ "$1" = --version ] && echo 'Bundler 2' && exit 0
[ "$2" = --local ] && ${has ? 'false' : 'true'} && echo "Could not find gem 'a' in locally installed gems" >&2 && exit 7
${online ? '' : "echo 'Could not reach host example.com' >&2; exit 17"}
env > "$GEM_HOME/env"
echo resolved > Gemfile.lock
`,
  };
  for (const [name, text] of Object.entries(programs)) {
    writeFileSync(join(bin, name), text);
    chmodSync(join(bin, name), 0o755);
  }
  const env = { PATH: `${bin}:${process.env['PATH']}`, HOME: dir, BUNDLE_GEMS__EXAMPLE__COM: 'secret' };
  const layers = openLayers({ stateDir: join(dir, 'state'), sandboxes: openSandboxes({ env, mode: 'none' }), env });
  return (own) => layers.prepare(fakeVault({ base: BASE, own: own ?? BASE }), own ? 'own' : 'base', 'base');
}

test('T14 gems that are not here are fetched for the base, without credentials, and a candidate has the same', async (t) => {
  const layer = prepare(t, true);
  const base = await layer();
  assert.ok(base.kind === 'layer', JSON.stringify(base));
  const { dir, env } = base.layer;
  assert.equal(env['GEM_HOME'], dir);
  assert.equal(readFileSync(join(dir, 'omk-resolved.lock'), 'utf8'), 'resolved\n');
  assert.ok(existsSync(join(dir, 'env')));
  assert.doesNotMatch(readFileSync(join(dir, 'env'), 'utf8'), /secret/);
  assert.deepEqual(await layer({ ...BASE, 'a.gemspec': "s.add_dependency 'b'\ns.summary = 'two'\n" }), base);
});

test('T14 a candidate that asks for other gems in code is refused, because finding them would run its Gemfile', async (t) => {
  const layer = prepare(t, true);
  await layer();
  for (const line of ["gem 'c', path: 'c'", "gem 'rspec'", "gem 'c'; system('x')"]) {
    const other = await layer({ ...BASE, Gemfile: `source 'x'\ngem 'a'\n${line}\n` });
    assert.match(other.kind === 'failed' ? other.detail : other.kind, /^Gemfile asks for other gems than the base/);
  }
});

test('T14 a candidate that names more gems in plain lines gets those that are here, and none are fetched for it', async (t) => {
  const own = { ...BASE, Gemfile: "source 'x'\ngem 'a'\ngem 'c', '~> 1'\n" };
  const online = prepare(t, true);
  await online();
  const fetched = await online(own);
  assert.match(
    fetched.kind === 'failed' ? fetched.detail : fetched.kind,
    /exit code 7: Could not find gem 'a'.*not fetched for a candidate/,
  );
  const here = await prepare(t, true, true)(own);
  assert.ok(here.kind === 'layer', JSON.stringify(here));
});

test('gems that cannot be had are lacking, which is said, and gates run with what is here', async (t) => {
  const result = await prepare(t, false)();
  assert.ok(result.kind === 'none');
  assert.equal(result.lacking, true);
  assert.match(result.why, /^without the bundler: bundle install ended with exit code 17: Could not reach host/);
});
