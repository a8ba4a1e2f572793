import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { memoryRepository, type Content } from '../../testing/repository.ts';
import { missingGit } from '../../testing/tools.ts';
import { contractOf } from './contract.ts';
import { objectId, treeId } from './tree-id.ts';

const repository = memoryRepository({ gates: [], file: null });
const BASE: Content = {
  'package.json': '{"name":"a","scripts":{"test":"node --test"}}\n',
  'src/a.js': 'wrong',
  'test/a.test.js': "test('a', () => {});\n",
  'vitest.config.js': 'export default {};\n',
};

async function contract(candidate: Content): Promise<{ tree: string | undefined; edits: readonly string[] }> {
  const list = async (content: Content) => (await repository.listTree(repository.add(content))) ?? [];
  const found = await contractOf(await list(BASE), await list(candidate), repository);
  return { tree: found?.tree, edits: (found?.plan.edits ?? []).map((edit) => `${edit.action} ${edit.path}`) };
}

test('a change of source alone is judged as it is', async () => {
  const candidate = { ...BASE, 'src/a.js': "import './new/b.js'", 'src/new/b.js': 'new' };
  assert.deepEqual(await contract(candidate), { tree: repository.add(candidate), edits: [] });
});

test('a new file that nothing names is not let in, but in logs of before', async () => {
  const candidate = { ...BASE, 'src/a.js': 'right', 'src/new/b.js': 'new' };
  assert.deepEqual(await contract(candidate), {
    tree: repository.add({ ...BASE, 'src/a.js': 'right' }),
    edits: ['remove src/new/b.js'],
  });
  const list = async (content: Content) => (await repository.listTree(repository.add(content))) ?? [];
  const before = await contractOf(await list(BASE), await list(candidate), repository, null);
  assert.deepEqual(before?.plan.edits, []);
  const found = await contractOf(await list(BASE), await list(candidate), repository);
  assert.equal(found?.reversal?.tree, repository.add({ ...BASE, 'src/new/b.js': 'new' }));
});

test('weakened tests, changed and added runner files and scripts are the base’s again', async () => {
  const { 'test/a.test.js': _deleted, ...rest } = BASE;
  const found = await contract({
    ...rest,
    'src/a.js': 'right',
    'package.json': '{"name":"a","version":"2.0.0","scripts":{"test":"true"}}\n',
    'vitest.config.js': 'export default { cheat: true };\n',
    'sub/vitest.setup.js': 'cheat',
    'test/extra.test.js': 'judged as delivered, not here',
  });
  assert.deepEqual(found.edits, [
    'merge package.json',
    'remove sub/vitest.setup.js',
    'restore test/a.test.js',
    'remove test/extra.test.js',
    'restore vitest.config.js',
  ]);
  const merged = `${JSON.stringify({ name: 'a', version: '2.0.0', scripts: { test: 'node --test' } }, null, 2)}\n`;
  assert.equal(found.tree, repository.add({ ...BASE, 'src/a.js': 'right', 'package.json': merged }));
});

test('a file that a script of the base loads first is the base’s again', async () => {
  const base = { ...BASE, 'package.json': '{"scripts":{"test":"node --import ./first.mjs --test"}}', 'first.mjs': '' };
  const list = async (content: Content) => (await repository.listTree(repository.add(content))) ?? [];
  const found = await contractOf(await list(base), await list({ ...base, 'first.mjs': 'cheat' }), repository);
  assert.deepEqual(found?.plan.edits, [{ path: 'first.mjs', action: 'restore' }]);
  assert.equal(found?.tree, repository.add(base));
});

test('data that only tests use is the base’s again', async () => {
  const base = { ...BASE, 'cases/one.json': '{"sum": 5}', 'test/a.test.js': "read('cases/' + name)" };
  const list = async (content: Content) => (await repository.listTree(repository.add(content))) ?? [];
  const candidate = await list({ ...base, 'cases/one.json': '{"sum": -1}' });
  const found = await contractOf(await list(base), candidate, repository);
  assert.deepEqual(found?.plan.edits, [{ path: 'cases/one.json', action: 'restore' }]);
  assert.equal(await contractOf(await list(base), candidate, { ...repository, mentions: async () => null }), null);
});

test('a package that only tests import is the base’s again', async () => {
  const kit = {
    'packages/kit/package.json': '{"name": "@a/kit"}',
    'packages/kit/src/same.js': 'export function same(a, b) {\n  if (a !== b) throw new Error(`${a}`);\n}',
  };
  const base = { ...BASE, ...kit, 'test/a.test.js': "import { same } from '@a/kit';" };
  const list = async (content: Content) => (await repository.listTree(repository.add(content))) ?? [];
  const found = await contractOf(
    await list(base),
    await list({ ...base, 'packages/kit/src/same.js': 'export function same() {}' }),
    repository,
  );
  assert.deepEqual(found?.plan.edits, [{ path: 'packages/kit/src/same.js', action: 'restore' }]);
});

test('a restored file takes the place of a folder of its name', async () => {
  const found = await contract({ ...omit(BASE, 'test/a.test.js'), 'test/a.test.js/inner.txt': 'x' });
  assert.equal(found.tree, repository.add(BASE));
});

const omit = (content: Content, path: string): Content =>
  Object.fromEntries(Object.entries(content).filter(([key]) => key !== path));

test('a blob that is missing or false gives no contract', async () => {
  const list = async (content: Content) => (await repository.listTree(repository.add(content))) ?? [];
  const candidate = await list({ ...BASE, 'test/a.test.js': 'weaker' });
  assert.equal(await contractOf(await list(BASE), candidate, { ...repository, readBlob: async () => null }), null);
  assert.equal(
    await contractOf(await list(BASE), candidate, { ...repository, readBlob: async () => new Uint8Array(3) }),
    null,
  );
});

for (const format of ['sha1', 'sha256'] as const)
  test(`tree ids are those of git, ${format}`, { skip: missingGit }, (t) => {
    const dir = mkdtempSync(join(tmpdir(), 'omk-tree-'));
    t.after(() => rmSync(dir, { recursive: true, force: true }));
    const env = {
      PATH: process.env['PATH'] ?? '',
      HOME: dir,
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_CONFIG_GLOBAL: '/dev/null',
    };
    const git = (...args: readonly string[]): string => execFileSync('git', args, { cwd: dir, env, encoding: 'utf8' });
    git('init', '-q', `--object-format=${format}`, '.');
    for (const name of ['a.b', 'a/x', 'a-b', 'a0', 'deep/er/file', 'ünï/cödé', 'run.sh', 'empty']) {
      mkdirSync(dirname(join(dir, name)), { recursive: true });
      writeFileSync(join(dir, name), name === 'empty' ? '' : `${name}\r\n`);
    }
    chmodSync(join(dir, 'run.sh'), 0o755);
    symlinkSync('a.b', join(dir, 'link'));
    git('add', '-A');
    const id = git('write-tree').trim();
    const entries = git('ls-tree', '-r', '-z', id)
      .split('\0')
      .filter((line) => line !== '')
      .map((line) => {
        const [head = '', path = ''] = line.split('\t');
        const [mode = '', , blob = ''] = head.split(' ');
        return { path, mode, id: blob };
      });
    assert.equal(entries.length, 9);
    assert.equal(treeId(entries, id.length), id);
    assert.equal(treeId(entries.toReversed(), id.length), id);
    assert.equal(objectId('blob', new Uint8Array(), id.length), entries.find((entry) => entry.path === 'empty')?.id);
  });
