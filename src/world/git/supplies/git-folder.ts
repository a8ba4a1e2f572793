import { mkdir, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { CommitId } from '../../../domain/ids.ts';
import { resolveTree } from '../objects/resolve.ts';
import { git } from '../run.ts';
import { withTemporary } from '../temporary.ts';
import type { VaultPlace } from '../vault/place.ts';
import { privateGit } from '../vault/worktree.ts';
import { putTag } from './tag.ts';
import { isThere } from './there.ts';

/**
 * A `.git` for checkouts: the base commit and its files, an index, the tag, no history, no remote, no hooks, nobody's
 * settings. Made once for a base.
 */
export async function gitFolder(
  place: VaultPlace,
  to: string,
  commit: CommitId,
  tag: () => Promise<string | null>,
): Promise<string> {
  if (await isThere(to)) return to;
  const tree = await resolveTree(place.call, commit);
  await mkdir(dirname(to), { recursive: true, mode: 0o700 });
  await withTemporary(dirname(to), async (temporary) => {
    const made = await privateGit(place, temporary, commit);
    await git(['read-tree', tree], { gitDir: made, whose: 'omk', indexFile: join(made, 'index') });
    const found = await tag();
    if (found !== null) await putTag(made, commit, found);
    await rename(made, to).catch(async (error: unknown) => {
      if (!(await isThere(to))) throw error;
    });
  });
  return to;
}
