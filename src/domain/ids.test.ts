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
