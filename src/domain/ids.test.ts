import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CommitId, GitBlobId, GoalId, RepoPath, Sha256, TreeId } from './ids.ts';

type Mixes<A, B> = A extends B ? true : false;

test('the compiler does not take an id of one kind for one of another', () => {
  const mixed: readonly [
    Mixes<CommitId, TreeId>,
    Mixes<GitBlobId, TreeId>,
    Mixes<TreeId, Sha256>,
    Mixes<GoalId, RepoPath>,
    Mixes<RepoPath, GitBlobId>,
  ] = [false, false, false, false, false];
  const text: readonly [Mixes<string, TreeId>, Mixes<TreeId, string>] = [true, true];
  assert.deepEqual([...mixed, ...text], [false, false, false, false, false, true, true]);
});

test('an id handed to a function that takes another kind does not compile', () => {
  const ofTree = (tree: TreeId): string => tree;
  const commit: CommitId = 'c'.repeat(40);
  const sha256: Sha256 = 's'.repeat(64);
  const goal: GoalId = 'g-1';
  const path: RepoPath = 'a/b';
  // @ts-expect-error: a commit is no tree
  ofTree(commit);
  // @ts-expect-error: a digest is no tree
  ofTree(sha256);
  // @ts-expect-error: a goal is no tree
  ofTree(goal);
  // @ts-expect-error: a path is no tree
  assert.equal(ofTree(path), path);
});
