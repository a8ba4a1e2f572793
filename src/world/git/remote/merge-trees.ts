import { OmkError } from '../../../domain/error.ts';
import type { CommitId } from '../../../domain/ids.ts';
import type { MergedTrees } from '../port.ts';
import { tryGit, type GitCall } from '../run.ts';

/** Merges two commits in the object database, without merge drivers, filters or settings of anyone. */
export async function mergeTrees(
  call: GitCall,
  ours: CommitId,
  theirs: CommitId,
  fix = 'merge the branches yourself',
): Promise<MergedTrees> {
  const output = await tryGit(
    [
      '-c',
      'merge.conflictStyle=diff3',
      'merge-tree',
      '--write-tree',
      '-z',
      '--name-only',
      '--no-messages',
      ours,
      theirs,
    ],
    {
      ...call,
      durable: true,
    },
  );
  const [tree = '', ...paths] = output.stdout
    .toString('latin1')
    .split('\0')
    .filter((part) => part !== '');
  if (output.code === 0) return { kind: 'clean', tree };
  if (output.code === 1) return { kind: 'conflict', paths, marked: tree };
  throw new OmkError('GIT_FAILED', `git merge-tree failed: ${output.stderr.trim().slice(0, 400)}`, fix, { exit: 6 });
}
