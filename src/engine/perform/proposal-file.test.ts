import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BLOB, snapshotOf, tree } from '../../domain/testing/build.ts';
import { attempt, stateOf, task } from '../../domain/testing/task-states.ts';
import { withoutProposal } from './proposal-file.ts';

test('a proposal that lies in its file for several turns is made once, and is never part of a candidate', async () => {
  const removed: string[] = [];
  const context = {
    world: { clock: { now: () => 0 }, store: { putBlob: async () => BLOB } },
    session: { goal: 'g-1', state: stateOf([task('a'), task('b')]) },
    vault: {
      readFile: async (_: unknown, path: string) =>
        path === 'omk-task-g-1.json' ? { id: 'b'.repeat(40), content: Buffer.from('{}') } : null,
      overlay: async (_base: unknown, _candidate: unknown, edits: readonly { readonly path: string }[]) => {
        removed.push(...edits.map(({ path }) => path));
        return tree('without');
      },
      tip: async () => 'c'.repeat(40),
      commit: async () => 'd'.repeat(40),
    },
  };
  const first = await withoutProposal(context, { turns: [] }, snapshotOf(tree('x')));
  assert.deepEqual([first.proposal, first.candidate], [BLOB, tree('without')]);
  const turns = attempt(1, 'a', null).turns.map((turn) => ({ ...turn, snapshot: first }));
  const second = await withoutProposal(context, { turns }, snapshotOf(tree('x')));
  assert.deepEqual([second.proposal, second.candidate], [undefined, tree('without')]);
  assert.deepEqual(removed, ['omk-task-g-1.json', 'omk-task-g-1.json']);
  const ofRole = await withoutProposal(context, { role: 'planner', turns: [] }, snapshotOf(tree('x')));
  assert.equal(ofRole.candidate, tree('x'));
});
