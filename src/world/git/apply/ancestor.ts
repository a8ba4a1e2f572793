import type { CommitId } from '../../../domain/ids.ts';
import type { GitCall } from '../run.ts';
import { gitText, tryGit } from '../run.ts';

/** Anything but a clear yes is a no. */
export async function isAncestor(call: GitCall, older: CommitId, newer: CommitId): Promise<boolean> {
  return (await tryGit(['merge-base', '--is-ancestor', older, newer], call)).code === 0;
}

/** Seconds since the epoch of the younger of two commits: joining the same two gives the same commit. */
export async function youngerTime(call: GitCall, one: CommitId, other: CommitId): Promise<number> {
  const times = await gitText(['log', '--no-walk', '--format=%ct', one, other], call);
  return Math.max(...times.split('\n').map(Number));
}
