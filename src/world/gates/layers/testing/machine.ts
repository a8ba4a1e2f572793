import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { findProgram, gatePath } from '../../../sandbox/environment.ts';
import { openSandboxes } from '../../../sandbox/open.ts';
import type { Layer, LayerResult } from '../../port.ts';
import { fakeVault, type Files } from '../../testing/fake-vault.ts';
import { openLayers } from '../open.ts';

export const top = realpathSync(mkdtempSync(join(tmpdir(), 'omk-layers-')));
after(() => rmSync(top, { recursive: true, force: true }));
export const path = gatePath(process.env);
export const missing = (program: string): { skip: string | false } => ({
  skip: findProgram(program, path) === null ? `${program} is not on the PATH` : false,
});
export const json = JSON.stringify;

export const TOKEN = 'npm-token-of-the-user';
let made = 0;
/** A machine of its own: a HOME with npm credentials, and a state directory. */
export function machine(
  trees: Readonly<Record<string, Files>>,
  mode: 'auto' | 'none' = 'auto',
  more: NodeJS.ProcessEnv = {},
) {
  const dir = join(top, String((made += 1)));
  const home = join(dir, 'home');
  mkdirSync(home, { recursive: true });
  writeFileSync(join(home, '.npmrc'), `//registry.npmjs.org/:_authToken=${TOKEN}\n`);
  const network = Object.fromEntries(
    Object.entries(process.env).filter(([name]) =>
      /^(?:NODE_EXTRA_CA_CERTS|SSL_CERT_\w+|REQUESTS_CA_BUNDLE|PIP_CERT|PIP_INDEX_URL|https?_proxy|no_proxy|npm_config_registry)$/i.test(
        name,
      ),
    ),
  );
  const env = { ...network, PATH: path, HOME: home, NPM_TOKEN: TOKEN, ...more };
  const layers = openLayers({ stateDir: join(dir, 'state'), sandboxes: openSandboxes({ env, mode }), env });
  return { dir, layers, vault: fakeVault({ nothing: {}, ...trees }) };
}
export function layerOf(result: LayerResult): Layer {
  assert.equal(result.kind, 'layer', json(result));
  return result.kind === 'layer' ? result.layer : assert.fail();
}

export const LOCAL: Files = {
  'package.json': json({ name: 'app', version: '1.0.0', dependencies: { local: 'file:packages/local' } }),
  'package-lock.json': json({
    name: 'app',
    version: '1.0.0',
    lockfileVersion: 3,
    requires: true,
    packages: {
      '': { name: 'app', version: '1.0.0', dependencies: { local: 'file:packages/local' } },
      'packages/local': { version: '1.0.0' },
      'node_modules/local': { resolved: 'packages/local', link: true },
    },
  }),
  'packages/local/package.json': json({ name: 'local', version: '1.0.0', main: 'index.js' }),
  'packages/local/index.js': 'module.exports = 42',
};
