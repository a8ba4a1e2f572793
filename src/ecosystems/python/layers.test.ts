import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { copyLayer } from '../../world/gates/layers/for-agent.ts';
import { layerOf, machine, missing, path, top } from '../../world/gates/layers/testing/machine.ts';
import { slow } from '../../world/gates/testing/tools.ts';

/** A wheel with one module and one command. */
function makeWheel(folder: string): void {
  const dir = join(folder, 'parts');
  const info = join(dir, 'omk_sample-1.0.dist-info');
  mkdirSync(info, { recursive: true });
  writeFileSync(join(dir, 'omk_sample.py'), 'def main():\n    print("sample")\n');
  writeFileSync(join(info, 'METADATA'), 'Metadata-Version: 2.1\nName: omk-sample\nVersion: 1.0\n');
  writeFileSync(join(info, 'WHEEL'), 'Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n');
  writeFileSync(join(info, 'entry_points.txt'), '[console_scripts]\nomk-sample = omk_sample:main\n');
  writeFileSync(
    join(info, 'RECORD'),
    'omk_sample.py,,\nomk_sample-1.0.dist-info/METADATA,,\nomk_sample-1.0.dist-info/WHEEL,,\nomk_sample-1.0.dist-info/entry_points.txt,,\n',
  );
  const made_ = spawnSync(
    'python3',
    ['-m', 'zipfile', '-c', join(folder, 'omk_sample-1.0-py3-none-any.whl'), join(dir, 'omk_sample.py'), info],
    { encoding: 'utf8' },
  );
  assert.equal(made_.status, 0, made_.stderr);
}

test(
  'T14 pip: wheels are installed, for the agent too, and the project itself is not built',
  { skip: slow || missing('python3').skip },
  async () => {
    const wheels = join(top, 'wheels');
    mkdirSync(wheels);
    makeWheel(wheels);
    const tree = { 'requirements.txt': 'omk-sample==1.0\n-e .\n', 'setup.py': 'raise SystemExit("built")\n' };
    const { dir, layers, vault } = machine({ tree }, 'auto', { PIP_NO_INDEX: '1', PIP_FIND_LINKS: wheels });
    const layer = layerOf(await layers.prepare(vault, 'tree', 'nothing'));
    assert.deepEqual(
      [layer.kind, layer.mount, layer.env['VIRTUAL_ENV']],
      ['pip (omk-requirements.lock made by omk)', null, layer.dir],
    );
    assert.equal(await layers.recheck(layer), true);
    const run = (bin: string): string =>
      execFileSync(join(bin, 'omk-sample'), {
        encoding: 'utf8',
        env: { PATH: `${bin}:${path}`, PYTHONDONTWRITEBYTECODE: '1' },
      });
    assert.equal(run(layer.pathPrefix[0] ?? ''), 'sample\n');

    const worktree = join(dir, 'attempt', 'worktree');
    mkdirSync(worktree, { recursive: true });
    const copied = await copyLayer(layer, worktree, path);
    assert.deepEqual(copied.paths, []);
    assert.equal(copied.env['VIRTUAL_ENV'], join(dir, 'attempt', 'scratch', 'venv'));
    // The copy must not lean on the layer, which agents do not see.
    rmSync(layer.dir, { recursive: true });
    assert.equal(run(copied.pathPrefix[0] ?? ''), 'sample\n');
  },
);

test('T14 pip: a candidate cannot have anything built from source', missing('python3'), async () => {
  const { layers, vault } = machine({ tree: { 'requirements.txt': 'x @ https://example.com/x-1.0.tar.gz\n' } });
  const result = await layers.prepare(vault, 'tree', 'nothing');
  assert.match(result.kind === 'failed' ? result.detail : '', /would be built from source/);
});
