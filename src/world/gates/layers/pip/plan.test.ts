import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Planned } from '../plan.ts';
import { readerOf } from '../testing.ts';
import { planPip } from './plan.ts';

const plan = (files: Readonly<Record<string, string>>): Promise<Planned> => planPip(readerOf(files), 'tree');
const inputs = async (files: Readonly<Record<string, string>>): Promise<unknown> => {
  const planned = await plan(files);
  assert.equal(planned.kind, 'plan', JSON.stringify(planned));
  return planned.kind === 'plan' ? planned.inputs : null;
};

test('without requirements nothing is installed, with a reason', async () => {
  const cases: readonly (readonly [Readonly<Record<string, string>>, RegExp, boolean])[] = [
    [{}, /not meant/, false],
    [{ 'pyproject.toml': '[project]\nname = "x"' }, /lists no dependencies/, false],
    [{ 'requirements.txt': '# none\n-e .\n' }, /are empty/, false],
    [
      { 'pyproject.toml': '[tool.poetry.dependencies]\nsix = "*"' },
      /for poetry, and there is no poetry\.lock: run poetry lock and commit it, or declare \[worktree\] setup/,
      true,
    ],
    [{ 'pyproject.toml': '[tool.pdm]\n' }, /for pdm, which omk does not install: list them in \[project\]/, true],
  ];
  for (const [files, why, declared] of cases) {
    const planned = await plan(files);
    assert.ok(planned.kind === 'none', JSON.stringify(files));
    assert.match(planned.why ?? 'not meant', why);
    assert.equal(planned.declared, declared);
  }
});

test('manifests that cannot be read, and includes that are missing, are failures', async () => {
  for (const files of [
    { 'pyproject.toml': '[project' },
    { 'requirements.txt': '-r gone.txt' },
    { 'requirements.txt': 'six\n-r ../outside.txt' },
  ]) {
    assert.equal((await plan(files)).kind, 'failed', JSON.stringify(files));
  }
});

test('dependencies, and extras and groups for tests, are taken from pyproject.toml', async () => {
  const text = `
    [project]
    name = "My_App"
    dependencies = ["six>=1"]
    [project.optional-dependencies]
    Test = ["pytest", "my-app[extra]"]
    docs = ["sphinx"]
    [dependency-groups]
    dev = ["ruff", { include-group = "typing" }]
    typing = ["mypy", { include-group = "dev" }]
    release = ["twine"]
  `;
  assert.deepEqual(await inputs({ 'pyproject.toml': text }), {
    requirements: [],
    pyproject: ['six>=1', 'pytest', 'ruff', 'mypy'],
    pytest: true,
    files: [],
    python: null,
  });
});

test('T14 every included file is part of the inputs', async () => {
  const files = {
    'requirements.txt': 'six\n-r requirements/base.txt',
    'requirements/base.txt': 'attrs',
    'other.txt': 'x',
  };
  const before = await inputs(files);
  assert.notDeepEqual(await inputs({ ...files, 'requirements/base.txt': 'attrs==1' }), before);
  assert.deepEqual(await inputs({ ...files, 'other.txt': 'y' }), before);
});

test('only requirements pin pytest, constraints and comments do not', async () => {
  const pins = async (text: string): Promise<unknown> => {
    const got = await inputs({ 'requirements.txt': text, 'limits.txt': 'pytest==7' });
    return typeof got === 'object' && got !== null && 'pytest' in got ? got.pytest : null;
  };
  assert.deepEqual(
    await Promise.all(['six', 'six\npytest>=8', 'six # pytest', 'six\n-c limits.txt', 'pytest-mock'].map(pins)),
    [false, true, false, false, false],
  );
});

test('a project with a src folder is found without being installed', async () => {
  const at = async (files: Readonly<Record<string, string>>): Promise<unknown> => {
    const planned = await plan({ 'requirements.txt': 'six', ...files });
    return planned.kind === 'plan' ? planned.env['PYTHONPATH'] : null;
  };
  assert.equal(await at({ 'pyproject.toml': '[project]', 'src/app/__init__.py': '' }), 'src');
  assert.equal(await at({ 'pyproject.toml': '[project]', 'app/__init__.py': '' }), undefined);
  assert.equal(await at({ 'src/app/__init__.py': '' }), undefined);
});
