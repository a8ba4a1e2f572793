import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { findToolchains } from './toolchains.ts';

const top = realpathSync(mkdtempSync(join(tmpdir(), 'omk-toolchains-')));
after(() => rmSync(top, { recursive: true, force: true }));
let homes = 0;
function makeHome(...files: string[]): { home: string; at: (path: string) => string } {
  homes += 1;
  const home = join(top, String(homes));
  for (const file of files) {
    mkdirSync(join(home, file, '..'), { recursive: true });
    writeFileSync(join(home, file), '');
  }
  return { home, at: (path) => join(home, path) };
}

test('T13 of cargo only programs are shown, and the toolchain they start is found', () => {
  const { home, at } = makeHome(
    '.cargo/bin/cargo',
    '.cargo/credentials.toml',
    '.cargo/registry/cache/x',
    '.rustup/settings.toml',
  );
  const found = findToolchains(at('.cargo/bin'), {}, [home]);
  assert.deepEqual(found.mounts.map(({ to }) => to).sort(), [at('.cargo/bin'), at('.rustup')]);
  assert.equal(found.env['RUSTUP_HOME'], at('.rustup'));
  assert.equal(found.env['RUSTUP_AUTO_INSTALL'], '0');
  assert.deepEqual(found.caches, [{ from: at('.cargo/registry/cache'), to: '.cargo/registry/cache' }]);
  assert.ok(found.secrets.includes(at('.cargo/credentials.toml')));
});

test('T13 HOME itself is never shown, whatever is on the PATH', () => {
  const { home, at } = makeHome(
    'bin/tool',
    '.local/bin/tool',
    '.local/share/keyring',
    '.local/lib/python3.11/site-packages/x',
    'lib/x',
    'share/x',
  );
  const found = findToolchains([at('bin'), at('.local/bin'), home, '/'].join(':'), {}, [home]);
  assert.deepEqual(found.mounts.map(({ to }) => to).sort(), [at('.local/bin'), at('.local/lib/python3.11'), at('bin')]);
  assert.equal(found.env['PYTHONUSERBASE'], at('.local'));
});

test('T13 of a checkout or a Go workspace on the PATH only the bin directory is shown', () => {
  const { home, at } = makeHome('app/bin/x', 'app/lib/x', 'app/.git/HEAD', 'go/bin/x', 'go/pkg/mod/x', 'go/share/x');
  const found = findToolchains([at('app/bin'), at('go/bin')].join(':'), {}, [home]);
  assert.deepEqual(found.mounts.map(({ to }) => to).sort(), [at('app/bin'), at('go/bin')]);
  assert.deepEqual(found.caches, [{ from: at('go/pkg/mod'), to: 'go/pkg/mod' }]);
});

test('an installed program is shown with its prefix, at each of its names', () => {
  const { home, at } = makeHome('node-v24/bin/node', 'node-v24/lib/x');
  symlinkSync(at('node-v24'), at('current'));
  const found = findToolchains(at('current/bin'), {}, [home]);
  assert.deepEqual(found.mounts, [
    { from: at('node-v24'), to: at('current') },
    { from: at('node-v24'), to: at('node-v24') },
  ]);
});

test('a link on the PATH is shown with what it leads to', () => {
  const { home, at } = makeHome(
    '.local/bin/real',
    '.local/share/tool/versions/1.0',
    '.local/share/uv/python/3.12/bin/python3',
    '.local/share/uv/python/3.12/lib/x',
  );
  symlinkSync(at('.local/share/tool/versions/1.0'), at('.local/bin/tool'));
  symlinkSync(at('.local/share/uv/python/3.12/bin/python3'), at('.local/bin/python3'));
  const found = findToolchains(at('.local/bin'), {}, [home]);
  assert.deepEqual(found.mounts.map(({ to }) => to).sort(), [
    at('.local/bin'),
    at('.local/share/tool/versions/1.0'),
    at('.local/share/uv/python/3.12'),
  ]);
});

test('version managers are found by their folder or their variable, and told where they are', () => {
  const { home, at } = makeHome('.pyenv/shims/python3', 'tools/rb/shims/ruby');
  const found = findToolchains([at('.pyenv/shims'), at('tools/rb/shims')].join(':'), { RBENV_ROOT: at('tools/rb') }, [
    home,
  ]);
  assert.deepEqual(found.env, { PYENV_ROOT: at('.pyenv'), RBENV_ROOT: at('tools/rb') });
  assert.deepEqual(found.mounts.map(({ to }) => to).sort(), [at('.pyenv'), at('tools/rb')]);
});
