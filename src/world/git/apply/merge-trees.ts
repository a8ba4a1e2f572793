import { copyFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OmkError } from '../../../domain/error.ts';
import type { CommitId, TreeId } from '../../../domain/ids.ts';
import { initBare } from '../objects/neutral.ts';
import type { RawPath } from '../../../domain/git/path-bytes.ts';
import type { Located } from '../repository/locate.ts';
import { tryGit } from '../run.ts';
import { withTemporary } from '../temporary.ts';

/**
 * Merges two commits in the object database of the user's repository, in a git directory of its own: no merge
 * driver, filter or setting of anyone takes part.
 */
export async function mergeTrees(
  found: Located,
  ours: CommitId,
  theirs: CommitId,
): Promise<
  { readonly kind: 'clean'; readonly tree: TreeId } | { readonly kind: 'conflict'; readonly paths: readonly RawPath[] }
> {
  return withTemporary(tmpdir(), async (dir) => {
    const gitDir = await initBare(join(dir, 'git'), found.format);
    if (found.shallow) await copyFile(join(found.commonDir, 'shallow'), join(gitDir, 'shallow'));
    const output = await tryGit(['merge-tree', '--write-tree', '-z', '--name-only', '--no-messages', ours, theirs], {
      gitDir,
      durable: true,
      env: { GIT_OBJECT_DIRECTORY: join(found.commonDir, 'objects') },
    });
    const [tree = '', ...paths] = output.stdout
      .toString('latin1')
      .split('\0')
      .filter((part) => part !== '');
    if (output.code === 0) return { kind: 'clean', tree };
    if (output.code === 1) return { kind: 'conflict', paths };
    throw new OmkError(
      'GIT_FAILED',
      `git merge-tree failed: ${output.stderr.trim().slice(0, 400)}`,
      'Leave out --merge and merge the new branch yourself.',
      { exit: 6 },
    );
  });
}
