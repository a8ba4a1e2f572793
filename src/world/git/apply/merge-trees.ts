import { copyFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CommitId } from '../../../domain/ids.ts';
import { initBare } from '../objects/neutral.ts';
import type { MergedTrees } from '../port.ts';
import { mergeTrees as merge } from '../remote/merge-trees.ts';
import type { Located } from '../repository/locate.ts';
import { withTemporary } from '../temporary.ts';

/** Merges two commits in the object database of the user's repository, in a git directory of its own. */
export async function mergeTrees(found: Located, ours: CommitId, theirs: CommitId): Promise<MergedTrees> {
  return withTemporary(tmpdir(), async (dir) => {
    const gitDir = await initBare(join(dir, 'git'), found.format);
    if (found.shallow) await copyFile(join(found.commonDir, 'shallow'), join(gitDir, 'shallow'));
    const call = { gitDir, env: { GIT_OBJECT_DIRECTORY: join(found.commonDir, 'objects') } };
    return merge(call, ours, theirs, 'Leave out --merge and merge the new branch yourself.');
  });
}
