import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Files } from '../../../world/gates/testing/fake-vault.ts';
import { fakeVault } from '../../../world/gates/testing/fake-vault.ts';
import { treeFiles } from '../../../world/gates/tree-files.ts';
import { preparation } from './prepare.ts';

const before = async (scripts: Record<string, string>, files: Files = {}): Promise<string | null> =>
  (await preparation(treeFiles(fakeVault({ tree: files }), 'tree'), scripts))('@m/a');

test('what the root builds before it starts the tests of packages is done for each of them', async () => {
  assert.equal(await before({ test: 'node --test' }), null);
  assert.equal(await before({ test: 'pnpm -r test' }), null);
  assert.equal(await before({ test: 'npm run lint && npm run build && npm test --workspaces' }), 'npm run build');
  assert.equal(await before({ pretest: 'tsc -b', test: 'lerna run test && npm run build:docs' }), 'tsc -b');
});

test('tasks that a task runner puts before tests are done first, for what a package needs', async () => {
  const turbo = (config: string): Promise<string | null> =>
    before({ test: 'turbo run test' }, { 'turbo.json': config });
  assert.equal(await turbo('{"tasks":{"test":{}}}'), null);
  assert.equal(
    await turbo('// tasks\n{"tasks":{"test":{"dependsOn":["^build",]}}}'),
    'turbo run build --filter=@m/a^...',
  );
  assert.equal(
    await turbo('{"pipeline":{"test":{"dependsOn":["codegen","@m/b#build"]}}}'),
    'turbo run codegen --filter=@m/a && turbo run @m/b#build',
  );
  assert.equal(await turbo('{"tasks":{"test":{"dependsOn":["$(touch x)"]}}}'), null);
  assert.equal(await turbo('{'), null);
  const nx = { 'nx.json': '{"targetDefaults":{"test":{"dependsOn":["^build","build"]}}}' };
  assert.equal(await before({ test: 'nx run-many -t test' }, nx), 'NX_DAEMON=false nx run-many -t build');
});
