import assert from 'node:assert/strict';
import { test } from 'node:test';
import { planPnpm } from '../../../ecosystems/javascript/pnpm/plan.ts';
import { readerOf } from './testing.ts';
import { json, LOCAL, machine, missing } from './testing/machine.ts';
import { planYarn } from '../../../ecosystems/javascript/yarn/plan.ts';

const MORE = {
  ...LOCAL,
  'package.json': json({
    name: 'app',
    version: '1.0.0',
    dependencies: { local: 'file:packages/local', other: 'file:packages/other' },
  }),
  'packages/other/package.json': json({ name: 'other', version: '1.0.0' }),
};

test(
  'a lock file is made again for what the manifests say now, without touching the tree',
  missing('npm'),
  async () => {
    const { layers, vault } = machine({ base: LOCAL, merged: MORE });
    const made = await layers.relock(vault, 'merged', 'base', 'package-lock.json');
    assert.equal(made.kind, 'made', json(made));
    const packages = Object.keys(JSON.parse(made.kind === 'made' ? made.text : '{}').packages ?? {});
    assert.deepEqual(packages.sort(), [
      '',
      'node_modules/local',
      'node_modules/other',
      'packages/local',
      'packages/other',
    ]);
  },
);

const PYTHON = 'version = "1.0"\nrequires-python = ">=3.9"\n';
const pyproject = (...needs: readonly string[]): string =>
  `[project]\nname = "app"\n${PYTHON}dependencies = ${json(needs)}\n\n[tool.uv]\nno-index = true\n\n` +
  `[tool.uv.sources]\n${needs.map((name) => `${name} = { path = "${name}" }\n`).join('')}`;
const python = (name: string): Readonly<Record<string, string>> => ({
  [`${name}/pyproject.toml`]: `[project]\nname = "${name}"\n${PYTHON}`,
});
const php = (...needs: readonly string[]): string =>
  json({
    name: 'a/app',
    repositories: [{ type: 'path', url: 'packages/*' }, { packagist: false }],
    require: Object.fromEntries(needs.map((name) => [`a/${name}`, '*'])),
  });

const poetry = (...needs: readonly string[]): string =>
  `[tool.poetry]\nname = "app"\nversion = "1.0.0"\ndescription = ""\nauthors = []\npackage-mode = false\n\n` +
  `[tool.poetry.dependencies]\npython = ">=3.9"\n${needs.map((name) => `${name} = { path = "${name}" }\n`).join('')}`;

const NOTHING_LOCKED =
  'package = []\n\n[metadata]\nlock-version = "2.1"\npython-versions = ">=3.9"\ncontent-hash = "none"\n';

const IN_FOLDERS = { base: below('app', LOCAL), merged: below('app', MORE) };

function below(folder: string, files: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(files).map(([path, text]) => [`${folder}/${path}`, text]));
}

const MANAGERS = [
  { tool: 'npm', lock: 'app/package-lock.json', ...IN_FOLDERS, has: ['local', 'other'] },
  {
    tool: 'uv',
    lock: 'uv.lock',
    base: { 'pyproject.toml': pyproject('one'), ...python('one'), ...python('two') },
    merged: {
      'pyproject.toml': pyproject('one', 'two'),
      ...python('one'),
      ...python('two'),
      'uv.lock': 'version = 1\nrequires-python = ">=3.9"\n',
    },
    has: ['one', 'two'],
  },
  {
    tool: 'poetry',
    lock: 'poetry.lock',
    base: { 'pyproject.toml': poetry('one'), ...python('one'), ...python('two') },
    merged: {
      'pyproject.toml': poetry('one', 'two'),
      ...python('one'),
      ...python('two'),
      'poetry.lock': NOTHING_LOCKED,
    },
    has: ['one', 'two'],
  },
  {
    tool: 'composer',
    lock: 'composer.lock',
    base: { 'composer.json': php('one') },
    merged: {
      'composer.json': php('one', 'two'),
      ...Object.fromEntries(
        ['one', 'two'].map((name) => [`packages/${name}/composer.json`, json({ name: `a/${name}`, version: '1.0.0' })]),
      ),
      'composer.lock': json({ packages: [{ name: 'a/one', version: '1.0.0' }], 'packages-dev': [] }),
    },
    has: ['a/one', 'a/two'],
  },
] as const;

for (const { tool, lock, base, merged, has } of MANAGERS)
  test(`${lock} is made again by ${tool}`, missing(tool), async () => {
    const { layers, vault } = machine({ base, merged });
    const made = await layers.relock(vault, 'merged', 'base', lock);
    assert.equal(made.kind, 'made', json(made));
    for (const name of has) assert.match(made.kind === 'made' ? made.text : '', new RegExp(`"[^"]*${name}"`));
  });

test('nobody makes a lock file again that no manager of the tree has; what the manager says is the reason', async () => {
  const wrong = { ...MORE, 'package.json': json({ name: 'app', dependencies: { gone: 'file:packages/gone.tgz' } }) };
  const { layers, vault } = machine({ base: LOCAL, merged: MORE, wrong });
  assert.deepEqual(await layers.relock(vault, 'merged', 'base', 'uv.lock'), { kind: 'unknown' });
  assert.deepEqual(await layers.relock(vault, 'merged', 'base', 'yarn.lock'), { kind: 'unknown' });
  const failed = await layers.relock(vault, 'wrong', 'base', 'package-lock.json');
  assert.match(failed.kind === 'failed' ? failed.detail : failed.kind, /^npm (?:install ended|is not on)/);
});

test('a lock file of yarn 2 that is to be made again is not one of yarn 1', async () => {
  const files = readerOf({ 'package.json': json({ dependencies: { a: '1' } }) });
  const inputs = async (text: string): Promise<unknown> => {
    const planned = await planYarn({ ...files, remade: { path: 'yarn.lock', text } }, 'tree');
    return planned.kind === 'plan' ? [planned.unlocked?.file, planned.env['YARN_NODE_LINKER']] : planned;
  };
  assert.deepEqual(await inputs('__metadata:\n  version: 8\n'), ['yarn.lock', 'node-modules']);
  const pnpm = await planPnpm({ ...files, remade: { path: 'pnpm-lock.yaml', text: '' } }, 'tree');
  assert.equal(pnpm.kind === 'plan' && pnpm.unlocked?.file, 'pnpm-lock.yaml', 'it says whose tree it is');
  assert.deepEqual(await inputs('# yarn lockfile v1\n'), ['yarn.lock', undefined]);
});
