import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fakeVault } from '../testing/fake-vault.ts';
import { checkoutFor, manifestsOf } from './settings.ts';

const base = { '.npmrc': 'registry=https://base.example.com\n', '.yarn/releases/yarn.cjs': 'base', 'a.js': '1' };
const candidate = {
  '.npmrc': 'registry=https://evil.example.com\n',
  'sub/.npmrc': 'x',
  '.cargo/config.toml': 'x',
  'package.json': '{}',
  'a.js': '2',
};

test('T14 a candidate is installed with the settings of the base', async () => {
  const vault = fakeVault({ base, candidate });
  const files = await manifestsOf(vault, 'candidate', 'base');
  assert.equal(files.trust, 'candidate');
  assert.deepEqual(files.entries.map(({ path }) => path).sort(), [
    '.npmrc',
    '.yarn/releases/yarn.cjs',
    'a.js',
    'package.json',
  ]);
  assert.equal(await files.text('.npmrc'), base['.npmrc']);
  assert.equal(await files.text('package.json'), '{}');
  assert.equal((await manifestsOf(vault, 'base', 'base')).trust, 'base');
});

test('T14 its checkout has them too, and no link of the candidate leads them elsewhere', async (t) => {
  const dir = mkdtempSync(join(tmpdir(), 'omk-settings-'));
  t.after(() => rmSync(dir, { recursive: true, force: true }));
  const vault = fakeVault({ base, candidate });
  const outside = join(dir, 'outside');
  mkdirSync(join(outside, 'releases'), { recursive: true });
  const linked = {
    ...vault,
    checkout: async (tree: string, to: string) => (
      await vault.checkout(tree, to),
      symlinkSync(outside, join(to, '.yarn'))
    ),
  };
  const checkout = join(dir, 'checkout');
  await checkoutFor(linked, 'candidate', 'base', checkout);
  assert.equal(readFileSync(join(checkout, '.npmrc'), 'utf8'), base['.npmrc']);
  assert.equal(readFileSync(join(checkout, '.yarn/releases/yarn.cjs'), 'utf8'), 'base');
  assert.equal(readFileSync(join(checkout, 'a.js'), 'utf8'), '2');
  for (const path of ['sub/.npmrc', '.cargo/config.toml']) assert.equal(existsSync(join(checkout, path)), false, path);
  assert.equal(existsSync(join(outside, 'releases', 'yarn.cjs')), false);
});
