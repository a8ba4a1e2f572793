import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { readerOf } from '../../../world/gates/layers/testing.ts';
import { renameCheckout } from '../../../world/gates/layers/rename-checkout.ts';
import { generatedIn } from './generated.ts';
import { planPythonProject } from './project.ts';
import { projectsOf } from './projects.ts';
import { versionOfTree } from './version.ts';

type Files = Readonly<Record<string, string>>;
const dirsOf = async (files: Files): Promise<readonly string[]> =>
  (await projectsOf(readerOf(files))).map(({ dir }) => dir);

test('a package has a build system, a setup file, or its sources where they belong', async () => {
  assert.deepEqual(await dirsOf({ 'pyproject.toml': '[build-system]\nrequires = []' }), ['.']);
  assert.deepEqual(await dirsOf({ 'setup.py': '' }), ['.']);
  assert.deepEqual(await dirsOf({ 'setup.cfg': '[metadata]\nname = a' }), ['.']);
  assert.deepEqual(await dirsOf({ 'setup.cfg': '[flake8]\n' }), []);
  assert.deepEqual(await dirsOf({ 'pyproject.toml': '[project]\nname = "My-App"', 'src/my_app/__init__.py': '' }), [
    '.',
  ]);
  assert.deepEqual(await dirsOf({ 'pyproject.toml': '[project]\nname = "app"', 'main.py': '' }), []);
  assert.deepEqual(await dirsOf({ 'pyproject.toml': '[build-system]\n[tool.poetry]\npackage-mode = false' }), []);
  const built = '[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n';
  const members = {
    'pyproject.toml': '[tool.uv.workspace]\nmembers = ["packages/*"]\nexclude = ["packages/old"]\n',
    'packages/a/pyproject.toml': built,
    'packages/old/pyproject.toml': built,
    'lib/setup.py': '',
    'requirements.txt': '-e ./lib/ # ours\n-e ../elsewhere\nsix\n',
  };
  assert.deepEqual(await dirsOf(members), ['packages/a', 'lib']);
  assert.deepEqual((await projectsOf(readerOf(members)))[0]?.requires, ['hatchling', 'editables']);
});

test('T14 what the backend of a project made belongs to one tree', async () => {
  const inputs = async (tree: string): Promise<unknown> => {
    const plan = await planPythonProject(readerOf({ 'setup.py': '' }, tree), tree);
    assert.ok(plan.kind === 'plan');
    assert.equal(plan.of, 'base');
    return plan.inputs;
  };
  assert.notDeepEqual(await inputs('one'), await inputs('two'));
});

test('T14 only a candidate that changes sources of extension modules is built, and the base still says how', async () => {
  const base = readerOf({ 'setup.py': '', 'a.py': '1', 'a.c': '1' }, 'base');
  const of = async (files: Files): Promise<string | undefined> => {
    const candidate = { ...readerOf(files, 'candidate'), trust: 'candidate', base: base.base } as const;
    const plan = await planPythonProject(candidate, 'candidate');
    return plan.kind === 'plan' ? plan.of : undefined;
  };
  assert.equal(await of({ 'setup.py': '', 'a.py': '2', 'a.c': '1' }), 'base');
  assert.equal(await of({ 'setup.py': '', 'a.py': '1', 'a.c': '2' }), 'tree');
  assert.equal(
    await of({ 'pyproject.toml': '[build-system]\nrequires = ["own"]', 'setup.py': '', 'a.c': '1' }),
    'base',
  );
});

test('a version is that of the last tag, or the newest that is noted', async () => {
  const version = (files: Files, tag: string | null = null): Promise<string> =>
    versionOfTree({ ...readerOf(files).base, tag });
  assert.equal(
    await version({
      'CHANGES.md': '# Changes\n\nFor 3.9 and later.\n\n## Unreleased\n\n## 1.4.0 - 2020-01-02\n## 1.3\n',
    }),
    '1.4.0',
  );
  assert.equal(await version({ 'docs/changelog.rst': 'v2.0.1 (2020-01-01)\n-----\n' }), '2.0.1');
  assert.equal(await version({ 'CHANGES.rst': 'Version 3.1.0\n----\n' }), '3.1.0');
  assert.equal(await version({ 'PKG-INFO': 'Name: a\nVersion: 7.1\n', 'CHANGES.md': '## 1.0' }), '7.1');
  assert.equal(await version({}), '0.0.0');
  const notes = { 'CHANGES.md': '## 1.0' };
  for (const tag of ['v2.1.0', '2.1.0', 'release-2.1.0', 'a/v2.1.0']) assert.equal(await version(notes, tag), '2.1.0');
  assert.equal(await version(notes, 'latest'), '1.0');
});

test('files that a build left beside the sources are found, and what it wrote by the way is not', async (t) => {
  const dir = await mkdtemp(join(tmpdir(), 'omk-generated-'));
  t.after(() => rm(dir, { recursive: true }));
  for (const path of [
    'src/a/_version.py',
    'src/a/_fast.so',
    'src/a/b.py',
    'build/lib/a.py',
    'src/a.egg-info/x.txt',
    'a.o',
  ]) {
    await mkdir(dirname(join(dir, path)), { recursive: true });
    await writeFile(join(dir, path), '');
  }
  assert.deepEqual(await generatedIn(dir, new Set(['src/a/b.py'])), ['src/a/_fast.so', 'src/a/_version.py']);
});

test('paths of a checkout are led to another, in text only', async (t) => {
  const dir = await mkdtemp(join(tmpdir(), 'omk-checkout-'));
  t.after(() => rm(dir, { recursive: true }));
  await writeFile(join(dir, 'a.pth'), '/omk/checkout/src\n');
  await writeFile(join(dir, 'b.so'), '\0/omk/checkout/src');
  await renameCheckout(dir, '/omk/checkout', '/elsewhere/é');
  assert.equal(await readFile(join(dir, 'a.pth'), 'utf8'), '/elsewhere/é/src\n');
  assert.equal(await readFile(join(dir, 'b.so'), 'utf8'), '\0/omk/checkout/src');
});
