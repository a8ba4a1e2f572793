import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BASE } from '../../domain/testing/build.ts';
import { fakeContext } from '../testing/fake-context.ts';
import type { Files } from '../testing/memory-vault.ts';
import { mergeKey } from '../../domain/goal/merge.ts';
import { merge } from './merge.ts';

const FILES: Files = { 'a.txt': 'a\n', 'b.txt': 'b\n', 'c.txt': 'c\n' };

/** Work on the base, in the order of the queue; the first is the head. */
async function queue(...works: readonly Files[]) {
  const goal = await fakeContext({ base: FILES, state: {} });
  const trees = works.map((files) => goal.vault.treeWith({ ...FILES, ...files }));
  const [onto = '', ...rest] = trees;
  const changes = rest.map((candidate) => ({ base: BASE, candidate }));
  const [first = { base: BASE, candidate: '' }, ...behind] = changes;
  const go = () => merge(goal.context, { onto, ...first }, behind);
  return { ...goal, go, changes, onto };
}

const merged = ({ appended }: Awaited<ReturnType<typeof queue>>) =>
  appended().flatMap((event) => (event.type === 'trees.merged' ? [event.data] : []));

test('a merge is made with all that waits behind it, each on what those before it gave', async () => {
  const goal = await queue({ 'a.txt': 'ours\n' }, { 'b.txt': 'one\n' }, { 'c.txt': 'two\n' });
  await goal.go();
  const [first, second, ...more] = merged(goal);
  assert.deepEqual(more, []);
  assert.ok(first?.merged.kind === 'clean' && second?.merged.kind === 'clean');
  assert.equal(second.onto, first.merged.tree);
  assert.deepEqual(goal.vault.filesOf(second.merged.tree), { 'a.txt': 'ours\n', 'b.txt': 'one\n', 'c.txt': 'two\n' });
});

test('what conflicts leaves the tree as it is for those behind it', async () => {
  const goal = await queue({ 'a.txt': 'ours\n' }, { 'a.txt': 'theirs\n' }, { 'c.txt': 'two\n' });
  await goal.go();
  const [first, second] = merged(goal);
  assert.deepEqual(first?.merged.kind === 'conflict' && first.merged.paths, ['a.txt']);
  assert.equal(second?.onto, goal.onto);
  assert.equal(second?.merged.kind, 'clean');
});

test('done again after a crash, nothing is recorded twice', async () => {
  const goal = await queue({ 'a.txt': 'ours\n' }, { 'b.txt': 'one\n' }, { 'c.txt': 'two\n' });
  const [first = { base: BASE, candidate: '' }] = goal.changes;
  const known = { kind: 'clean', tree: BASE } as const;
  const merges = new Map([[mergeKey({ onto: goal.onto, ...first }), known]]);
  const again = await fakeContext({ base: FILES, vault: goal.vault, state: { merges } });
  await merge(again.context, { onto: goal.onto, ...first }, goal.changes.slice(1));
  assert.deepEqual(
    again.appended().map(({ data }) => ('candidate' in data ? data.candidate : null)),
    [goal.changes[1]?.candidate],
  );
});

test('a merge that needs no git is not recorded', async () => {
  const goal = await queue({}, { 'b.txt': 'one\n' });
  await goal.go();
  assert.deepEqual(merged(goal), []);
});
