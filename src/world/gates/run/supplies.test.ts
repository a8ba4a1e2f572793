import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { gateSpec } from '../../../domain/testing/build.ts';
import { fakeVault } from '../testing/fake-vault.ts';
import { makeFolder } from './folder.ts';
import { placeSupplies } from './supplies.ts';

test('a run writes to a .git of its own: a copy of a small one, an overlay over a large one', async (t) => {
  const dir = await mkdtemp(join(tmpdir(), 'omk-supplies-'));
  t.after(() => rm(dir, { recursive: true, force: true }));
  const shared = join(dir, 'shared');
  await mkdir(join(shared, 'objects', 'pack'), { recursive: true });
  await writeFile(join(shared, 'HEAD'), 'ref: refs/heads/omk\n');
  const sandbox = { kind: 'bubblewrap', version: '1', network: false } as const;
  const place = async (name: string) => {
    const folder = await makeFolder(join(dir, 'state'), name, sandbox);
    const { binds } = await placeSupplies(
      {
        gate: gateSpec(),
        purpose: 'contract',
        round: 1,
        tree: 't',
        canaryBase: null,
        layer: null,
        vault: fakeVault({ t: {} }),
        supplies: {
          git: { dir: shared, commit: 'c', tag: null },
          told: { submodules: [], lfs: [], included: [], lacks: [] },
          secrets: [],
          place: async () => ({ paths: [], changed: async () => [] }),
          unchanged: async () => [],
        },
      },
      folder,
      sandbox,
    );
    return binds;
  };

  const [copy, ...more] = await place('one');
  assert.deepEqual([copy?.to, copy?.writable, copy?.overlay, more], ['/omk/checkout/.git', true, undefined, []]);
  await writeFile(join(copy?.from ?? '', 'HEAD'), 'changed');
  assert.equal(await readFile(join(shared, 'HEAD'), 'utf8'), 'ref: refs/heads/omk\n');

  await truncate(join(shared, 'HEAD'), 5 * 1024 * 1024);
  assert.deepEqual(await place('two'), [{ from: shared, to: '/omk/checkout/.git', writable: false, overlay: true }]);
});
