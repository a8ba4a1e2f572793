import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { GateSpec } from '../../../domain/gates/gate.ts';
import { checkGate } from '../check.ts';
import { fakeVault, type Files } from '../testing/fake-vault.ts';
import { treeFiles } from '../tree-files.ts';
import { inVault, planCanary } from './canary.ts';

const GO = 'package m\n\nimport "testing"\n';
const PY = 'def test_a(): pass\n';

async function filesPlanted(
  command: string,
  base: Files,
  judged: Files = base,
  more: Partial<GateSpec> = {},
  known: readonly string[] = [],
): Promise<readonly string[] | null> {
  const vault = fakeVault({ base, judged });
  const gate = { ...(await checkGate(command, 'check-1', treeFiles(vault, 'base'))), ...more };
  const planting = await planCanary(gate, 'ab12', treeFiles(vault, 'base'), inVault(treeFiles(vault, 'judged')), known);
  return planting === null ? null : (planting.canary.files ?? []);
}

test('every test file of the base that is still there gets the canary, and no new one', async () => {
  const base = { 'test_a.py': PY, 'sub/test_b.py': PY, 'test_gone.py': PY };
  const judged = { 'test_a.py': PY, 'sub/test_b.py': PY, 'test_new.py': PY };
  assert.deepEqual(await filesPlanted('pytest', base, judged), ['sub/test_b.py', 'test_a.py']);
});

test('a gate in a folder has its test files there', async () => {
  assert.deepEqual(await filesPlanted('pytest', { 'test_a.py': PY, 'app/test_b.py': PY }, undefined, { cwd: 'app' }), [
    'app/test_b.py',
  ]);
});

test('where tests are selected by name, or by a setting, there is no canary', async () => {
  const base = { 'test_a.py': PY };
  assert.deepEqual(await filesPlanted('pytest -q', base), ['test_a.py']);
  assert.equal(await filesPlanted('pytest -k add', base), null);
  assert.equal(await filesPlanted('python3 -m pytest -m slow', base), null);
  assert.equal(await filesPlanted('pytest', { ...base, 'pytest.ini': '[pytest]\npython_functions = check_*\n' }), null);
  const js = {
    'package.json': '{"scripts":{"test":"node --test --test-name-pattern=add"}}',
    'a.test.js': `require('node:test')`,
  };
  assert.equal(await filesPlanted('npm test', js), null);
});

test('where a run stops at the first failure, not every canary would be run, so there is none', async () => {
  const base = { 'test_a.py': PY };
  for (const command of ['pytest -x', 'pytest -qx', 'pytest --maxfail=1', 'pytest -p no:unittest'])
    assert.equal(await filesPlanted(command, base), null, command);
  for (const text of [
    '[pytest]\naddopts = -ra -x\n',
    '[pytest]\naddopts =\n    -ra\n    --maxfail=2\n',
    '[pytest]\naddopts=-x\n',
  ])
    assert.equal(await filesPlanted('pytest', { ...base, 'pytest.ini': text }), null, text);
  assert.equal(
    await filesPlanted('pytest', { ...base, 'pyproject.toml': '[tool.pytest.ini_options]\naddopts = [\n  "-x",\n]\n' }),
    null,
  );
  assert.deepEqual(
    await filesPlanted('pytest -rx -v', { ...base, 'pytest.ini': '[pytest]\naddopts = -ra -p xdist\nx = -x\n' }),
    ['test_a.py'],
  );
  const go = { 'go.mod': 'module m\n', 'a_test.go': GO };
  assert.deepEqual(await filesPlanted('go test ./...', go), ['a_test.go']);
  assert.equal(await filesPlanted('go test -failfast ./...', go), null);
});

test(
  'where not all files get the canary, those that the gate ran at the base do first, and those that are ' +
    'none of its inputs last',
  async () => {
    const many = Object.fromEntries(Array.from({ length: 210 }, (_, index) => [`a/test_${index}.py`, PY]));
    const base = { ...many, 'z/test_z.py': PY };
    const planted = async (more: Partial<GateSpec>, known: readonly string[]): Promise<readonly string[]> =>
      (await filesPlanted('pytest', base, base, more, known)) ?? [];
    assert.ok(!(await planted({}, [])).includes('z/test_z.py'));
    assert.equal((await planted({}, ['z/test_z.py::test_a']))[0], 'z/test_z.py');
    assert.equal((await planted({}, ['suite > test_z > a']))[0], 'z/test_z.py');
    assert.equal((await planted({ inputs: ['z/**'] }, ['a/test_1.py::test_a']))[0], 'z/test_z.py');
  },
);

test('go: one file of a folder gets the canaries, as its tests share their names', async () => {
  const go = {
    'go.mod': 'module m\n',
    'a_test.go': 'package m\n',
    'b_test.go': GO,
    'c_test.go': GO,
    'sub/a_test.go': GO,
  };
  assert.deepEqual(await filesPlanted('go test ./...', go), ['b_test.go', 'sub/a_test.go']);
});

test('where another command of the gate minds how files look, there is no canary', async () => {
  const files = (test: string) => ({
    'package.json': JSON.stringify({ scripts: { test } }),
    'a.test.js': `require('node:test')`,
  });
  assert.deepEqual(await filesPlanted('npm test', files('tsc && eslint . && node --test')), ['a.test.js']);
  assert.equal(await filesPlanted('npm test', files('prettier --check . && node --test')), null);
});

test('what is no text, and a command without a reader, have no canary', async () => {
  assert.equal(await filesPlanted('pytest', {}), null);
  assert.equal(await filesPlanted('make test', { 'test_a.py': PY }), null);
});

test('a link in the judged tree is not written through', async () => {
  const files = treeFiles(fakeVault({ base: { 'test_a.py': PY } }), 'base');
  const gate = await checkGate('pytest', 'check-1', files);
  const judged = {
    list: async () => [{ path: 'test_a.py', mode: '120000', id: 'x' } as const],
    bytes: async () => Buffer.from(PY),
  };
  assert.equal(await planCanary(gate, 'ab12', files, judged), null);
});
