import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BASE } from '../../domain/testing/build.ts';
import { GUIDES } from '../../domain/prompt/guides.ts';
import { fakeContext } from '../testing/fake-context.ts';
import { memoryVault } from '../testing/memory-vault.ts';
import { readGuides } from './guides.ts';
import { readFacts } from './read-facts.ts';

const FILES = { 'src/a.js': 'uses old()\n', 'docs/b.md': 'words\n' };

test('every fact of the goal is looked up in the tree, in its order, without running anything of it', async () => {
  const facts = ['src/a.js exists', 'src/a.js is gone', 'src/a.js contains old()', 'docs/b.md lacks old()', 'nonsense'];
  const { context, appended } = await fakeContext({ base: FILES, options: { facts }, state: {} });
  await readFacts(context, BASE);
  assert.deepEqual(appended(), [{ type: 'facts.read', data: { tree: BASE, holds: [true, false, true, true, false] } }]);
});

test('a goal without facts has none that hold', async () => {
  const { context, appended } = await fakeContext({ base: FILES, state: {} });
  await readFacts(context, BASE);
  assert.deepEqual(appended(), [{ type: 'facts.read', data: { tree: BASE, holds: [] } }]);
});

test('guides are the files of the base that have these names, and no others', async () => {
  const [name = ''] = GUIDES;
  const vault = memoryVault({ ...FILES, [name]: 'Be kind.\n' });
  assert.deepEqual(await readGuides(vault, BASE), [{ path: name, text: 'Be kind.\n' }]);
  assert.deepEqual(await readGuides(memoryVault(FILES), BASE), []);
});
