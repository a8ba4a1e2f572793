import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { findBubblewrap, ISOLATE } from './bubblewrap.ts';
import { baseEnv, gatePath } from './environment.ts';
import { openSandboxes } from './open.ts';
import { findOverlays, withOverlays } from './overlay.ts';

const top = realpathSync(mkdtempSync(join(tmpdir(), 'omk-overlay-')));
after(() => rmSync(top, { recursive: true, force: true }));
const path = gatePath(process.env);
const found = await findBubblewrap(path);
const way = found.kind === 'none' ? null : await findOverlays(found.program, ISOLATE);
const able = { skip: way === null || way.kind === 'none' ? 'this machine mounts no overlays' : false };

const layer = join(top, 'a layer, with: signs', 'node_modules');
mkdirSync(join(layer, 'package'), { recursive: true });
mkdirSync(join(top, 'checkout', 'node_modules'), { recursive: true });
writeFileSync(join(layer, 'package', 'index.js'), 'installed');

async function inGate(script: string): Promise<string> {
  const command = await openSandboxes({ env: { PATH: path, HOME: top } }).wrap({
    argv: ['sh', '-c', script],
    cwd: '/omk/checkout/node_modules',
    env: { ...baseEnv({ path, home: top, tmp: top }), BASH_ENV: '/omk/checkout/evil', ENV: '/omk/checkout/evil' },
    network: false,
    view: 'gate',
    hidden: [],
    binds: [
      { from: join(top, 'checkout'), to: '/omk/checkout', writable: true },
      { from: layer, to: '/omk/checkout/node_modules', writable: false, overlay: true },
    ],
  });
  const [program, ...args] = command.argv;
  return execFileSync(program, args, { cwd: command.cwd, env: command.env, encoding: 'utf8' });
}

test('T14 what a gate writes over an overlay is seen by no other gate and is not in the layer', able, async () => {
  const write =
    'mkdir .cache; echo judged > package/index.js; echo new > package/new.js; rm -rf package/gone; cat package/*';
  assert.equal(await inGate(write), 'judged\nnew\n');
  assert.equal(await inGate('ls -A . package; cat package/index.js'), '.:\npackage\n\npackage:\nindex.js\ninstalled');
  assert.deepEqual(readdirSync(layer), ['package']);
  assert.deepEqual(readdirSync(join(layer, 'package')), ['index.js']);
  assert.equal(readFileSync(join(layer, 'package', 'index.js'), 'utf8'), 'installed');
});

test('an overlay leaves the process the user it had', able, async () => {
  assert.equal(await inGate('id -u'), `${process.geteuid?.()}\n`);
  assert.match(await inGate('ls /sys'), /^(?:devices\n)?$/);
});

test('bubblewrap that knows overlays is asked for one; without any way the folder is read-only', () => {
  const binds = [{ from: '/layer', to: '/c/node_modules', writable: false, overlay: true }] as const;
  assert.deepEqual(withOverlays({ kind: 'own' }, binds, ['bwrap'], ['x']).slice(1), [
    '--overlay-src',
    '/layer',
    '--tmp-overlay',
    '/c/node_modules',
    'x',
  ]);
  assert.deepEqual(withOverlays({ kind: 'none' }, binds, ['bwrap'], ['x']).slice(1), [
    '--ro-bind',
    '/layer',
    '/c/node_modules',
    'x',
  ]);
});
