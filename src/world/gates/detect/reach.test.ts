import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fakeVault, type Files } from '../testing/fake-vault.ts';
import { detectGates } from './detect.ts';

const manifest = (name: string, more: object = {}): string =>
  JSON.stringify({ name, scripts: { test: 'node --test' }, ...more });

/** Whether the gate of `packages/a` depends on `packages/bee` when these files are there too. */
async function depends(more: Files): Promise<'depends' | 'apart'> {
  const files = {
    'package.json': '{"workspaces": ["packages/*"]}',
    'packages/a/package.json': manifest('@x/a'),
    'packages/a/test/a.test.js': "import './own.js'; import '../src/a.js'; join('..', 'src', \"it's\")",
    'packages/bee/package.json': manifest('@x/bumble', { bin: { buzz: './buzz.js' } }),
    'packages/bee/index.js': '',
    ...more,
  };
  const gate = (await detectGates(fakeVault({ t: files }), 't')).find(({ cwd }) => cwd === 'packages/a');
  assert.ok(gate);
  return gate.inputs?.includes('!packages/bee') === true ? 'apart' : 'depends';
}

test('a package that nothing of another leads to is apart from it', async () => {
  assert.equal(await depends({}), 'apart');
});

const WAYS: Readonly<Record<string, Files>> = {
  'a relative path': { 'packages/a/src/a.js': "import { x } from '../../bee/index.js'" },
  'a relative path that was put together': { 'packages/a/src/a.js': "read(join(here, '..', '..', 'bee', 'index.js'))" },
  'a folder of packages that is listed': { 'packages/a/src/a.js': "readdirSync(join(here, '..', '..'))" },
  'a pattern over packages': { 'packages/a/test/all.test.js': "glob('../../*/package.json')" },
  'a listing of what lies beside it': { 'packages/a/test/all.test.js': "readdirSync('..')" },
  'a name that is linked for all': { 'packages/a/src/a.js': 'import x from "@x/bumble/deep"' },
  'an alias of the settings': { 'packages/a/src/a.ts': 'import x from "~lib/bee"' },
  'a dependency by its folder': {
    'packages/a/package.json': manifest('@x/a', { dependencies: { other: 'file:../bee' } }),
  },
  'a dependency by another name': {
    'packages/a/package.json': manifest('@x/a', { dependencies: { other: 'npm:@x/bumble@1' } }),
  },
  'a program in a script': {
    'packages/a/package.json': manifest('@x/a', { scripts: { test: 'node --test && buzz .' } }),
  },
  'a script that runs from the root': {
    'packages/a/package.json': manifest('@x/a', { scripts: { test: 'cd ../.. && node --test packages' } }),
  },
  'settings of the root': { 'vitest.config.ts': "export default { alias: { lib: './packages/bee/index.js' } }" },
  'a dependency of the root': {
    'package.json': '{"workspaces": ["packages/*"], "devDependencies": {"@x/bumble": "*"}}',
  },
  'a helper of the root': {
    'packages/a/test/b.test.js': "import '../../../tools/help.js'",
    'tools/help.js': "import '../packages/bee/index.js'",
  },
  'a package that is named alike': {
    'packages/a/package.json': manifest('@x/a', { dependencies: { same: '*' } }),
    'packages/bee/package.json': manifest('same'),
    'packages/other/package.json': manifest('same'),
  },
};

for (const [way, files] of Object.entries(WAYS)) {
  test(`a package depends on another by ${way}`, async () => {
    assert.equal(await depends(files), 'depends');
  });
}

test('what only speaks of a package, or builds it, reaches nothing', async () => {
  const silent = {
    'packages/a/README.md': 'see ../bee',
    'package-lock.json': '"packages/bee"',
    'tsconfig.json': '{"references": [{"path": "packages/bee"}]}',
    'tools/free.js': "import '../packages/bee/index.js'",
  };
  assert.equal(await depends(silent), 'apart');
});

test('a link leads to a package', async () => {
  const files: Files = {
    'package.json': '{"workspaces": ["packages/*"]}',
    'packages/a/package.json': manifest('a'),
    'packages/a/lib': '../bee',
    'packages/bee/package.json': manifest('b'),
  };
  const vault = fakeVault({ t: files });
  const linked = {
    ...vault,
    listTree: async () =>
      (await vault.listTree('t')).map((each) =>
        each.path === 'packages/a/lib' ? { ...each, mode: '120000' as const } : each,
      ),
  };
  assert.equal((await detectGates(linked, 't')).find(({ cwd }) => cwd === 'packages/a')?.inputs, undefined);
});

test('a package of documents is code too', async () => {
  const files = {
    'package.json': '{"workspaces": ["docs", "bee"]}',
    'docs/package.json': manifest('docs'),
    'docs/all.test.js': "import '../bee/index.js'",
    'bee/package.json': manifest('bee'),
  };
  assert.equal((await detectGates(fakeVault({ t: files }), 't')).find(({ cwd }) => cwd === 'docs')?.inputs, undefined);
});
