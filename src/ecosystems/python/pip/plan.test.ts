import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Planned } from '../../../world/gates/layers/plan.ts';
import { readerOf } from '../../../world/gates/layers/testing.ts';
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

test('a project with a src folder is found also where it could not be installed', async () => {
  const at = async (files: Readonly<Record<string, string>>): Promise<unknown> => {
    const planned = await plan({ 'requirements.txt': 'six', ...files });
    return planned.kind === 'plan' ? planned.env['PYTHONPATH'] : null;
  };
  assert.equal(await at({ 'pyproject.toml': '[project]', 'src/app/__init__.py': '' }), 'src');
  assert.equal(await at({ 'pyproject.toml': '[project]', 'app/__init__.py': '' }), undefined);
  assert.equal(await at({ 'src/app/__init__.py': '' }), undefined);
});

test('own extras stand for what they list, wherever they are asked for', async () => {
  const project = `
    [project]
    name = "My.App"
    dependencies = ["six"]
    [project.optional-dependencies]
    socks = ["PySocks"]
    all = ["my-app[socks,cli]"]
    cli = ["click"]
    unused = ["never"]
  `;
  const wanted = async (files: Readonly<Record<string, string>>): Promise<unknown> => {
    const got = await inputs({ 'pyproject.toml': project, ...files });
    return typeof got === 'object' && got !== null && 'pyproject' in got ? got.pyproject : null;
  };
  assert.deepEqual(await wanted({}), ['six']);
  assert.deepEqual(await wanted({ 'requirements-dev.txt': '-e .[all] # us\npytest' }), ['six', 'PySocks', 'click']);
  assert.deepEqual(await wanted({ 'requirements.txt': '.[socks]' }), ['six', 'PySocks']);
  assert.deepEqual(await wanted({ 'tox.ini': '[testenv]\nextras =\n  cli\n  qa: unused\n' }), ['six', 'click']);
  assert.deepEqual(await wanted({ 'noxfile.py': 'def tests(session):\n    session.install("-e", ".[cli]")\n' }), [
    'six',
    'click',
  ]);
  const group = '\n[dependency-groups]\ntest = ["my_app[socks]", "pytest"]';
  assert.deepEqual(await wanted({ 'pyproject.toml': project + group }), ['six', 'PySocks', 'pytest']);
  // Whatever its name is, the extra with the runner is for tests, where nothing else brings one.
  const every = `${project}\nqa = ["pytest >= 8", "ruff"]\ndocs = ["sphinx", "pytest-sphinx"]`;
  assert.deepEqual(await wanted({ 'pyproject.toml': every }), ['six', 'pytest >= 8', 'ruff']);
  assert.deepEqual(await wanted({ 'pyproject.toml': every + group }), ['six', 'PySocks', 'pytest']);
});

test('where tox or nox name the groups of their tests, no other is installed', async () => {
  const text = `
    [dependency-groups]
    tests = ["pytest"]
    typing = ["mypy"]
    dev = [{ include-group = "tests" }, { include-group = "typing" }, "twisted"]
  `;
  const wanted = async (files: Readonly<Record<string, string>>): Promise<unknown> =>
    Reflect.get(Object(await inputs({ 'pyproject.toml': text, ...files })), 'pyproject');
  const all = ['pytest', 'mypy', 'twisted'];
  assert.deepEqual(await wanted({}), all);
  const tox = '[testenv]\ndependency_groups =\n  tests: tests\n  mypy: typing\n';
  assert.deepEqual(await wanted({ 'tox.ini': tox }), ['pytest']);
  assert.deepEqual(await wanted({ 'tox.ini': '[testenv]\ndependency_groups = Tests\n' }), ['pytest']);
  for (const install of ['"--group=tests", "."', '"--group", "tests", "-e", "."'])
    assert.deepEqual(await wanted({ 'noxfile.py': `def tests(session):\n    session.install(${install})\n` }), [
      'pytest',
    ]);
  assert.deepEqual(await wanted({ 'tox.ini': '[testenv]\ndependency_groups = gone\n' }), all);
  assert.deepEqual(await wanted({ 'tox.ini': '[testenv:docs]\ndependency_groups = typing\n' }), all);
});

test('environments of hatch and pdm are read like groups', async () => {
  const text = `
    [project]
    name = "a"
    [project.optional-dependencies]
    fast = ["ujson"]
    [tool.pdm.dev-dependencies]
    test = ["pytest-mock"]
    [tool.hatch.envs.default]
    dependencies = ["pytest", "{root:uri}/x"]
    [tool.hatch.envs.hatch-test]
    extra-dependencies = ["trustme"]
    features = ["fast"]
    [tool.hatch.envs.docs]
    dependencies = ["sphinx"]
  `;
  const got = await inputs({ 'pyproject.toml': text });
  assert.deepEqual(Reflect.get(Object(got), 'pyproject'), ['ujson', 'pytest-mock', 'pytest', 'trustme']);
});

test('what the tree leaves to its build backend is taken from the metadata of the base', async (t) => {
  const dir = await mkdtemp(join(tmpdir(), 'omk-metadata-'));
  t.after(() => rm(dir, { recursive: true }));
  const info = join(dir, '0', 'a-1.dist-info');
  await mkdir(info, { recursive: true });
  const metadata =
    'Name: A_b\nRequires-Dist: six\nRequires-Dist: pytest>=8; extra == "test"\n' +
    'Requires-Dist: tomli; (python_version < "3.11") and extra == "test"\n' +
    'Requires-Dist: sphinx; extra == "docs"\n\nRequires-Dist: text\n';
  await writeFile(join(info, 'METADATA'), metadata);
  await writeFile(
    join(info, 'entry_points.txt'),
    '[other]\nx = y:z\n[console_scripts]\nrun-a = a.cli:main\n[more]\nb = c:d\n',
  );
  const planned = await plan({ 'setup.py': 'setup()' });
  assert.ok(planned.kind === 'plan');
  assert.deepEqual(await planned.after?.(new Map([['python project', dir]])), {
    own: [{ name: 'a-b', scripts: [{ name: 'run-a', module: 'a.cli', attribute: 'main' }] }],
    wanted: ['six', 'pytest>=8', 'tomli; (python_version < "3.11")'],
  });
});
