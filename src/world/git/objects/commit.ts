import type { CommitAuthor } from '../../../domain/goal/author.ts';
import type { CommitId, TreeId } from '../../../domain/ids.ts';
import type { GitCall } from '../run.ts';
import { gitText } from '../run.ts';

/** A commit by omk, and as its author by whoever is named. The same request gives the same id. `at` is in seconds since the epoch. */
export async function commitTree(
  call: GitCall,
  {
    tree,
    parents,
    message,
    at,
    author,
  }: {
    readonly tree: TreeId;
    readonly parents: readonly CommitId[];
    readonly message: string;
    readonly at: number;
    readonly author?: CommitAuthor;
  },
): Promise<CommitId> {
  const date = `@${at} +0000`;
  return gitText(['commit-tree', tree, ...parents.flatMap((parent) => ['-p', parent]), '-F', '-'], {
    ...call,
    durable: true,
    env: {
      ...call.env,
      GIT_AUTHOR_DATE: date,
      GIT_COMMITTER_DATE: date,
      ...(author ? { GIT_AUTHOR_NAME: author.name, GIT_AUTHOR_EMAIL: author.email } : {}),
    },
    // An agent named the task, and git takes no NUL.
    input: `${message.replaceAll('\0', '')}\n`,
  });
}
