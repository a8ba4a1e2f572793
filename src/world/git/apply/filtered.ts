import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CommitId } from '../../../domain/ids.ts';
import type { RawPath } from '../../../domain/git/path-bytes.ts';
import type { GitCall } from '../run.ts';
import { git } from '../run.ts';
import { withTemporary } from '../temporary.ts';

/** Paths between two commits to which a filter applies, by the attributes of either side. */
export async function filteredPaths(user: GitCall, from: CommitId, to: CommitId): Promise<RawPath[]> {
  const changed = await git(['diff-tree', '-r', '-z', '--name-only', '--no-renames', from, to], user);
  if (changed.length === 0) return [];
  return withTemporary(tmpdir(), async (dir) => {
    const found = new Set<RawPath>();
    for (const commit of [from, to]) {
      const own: GitCall = { ...user, indexFile: join(dir, commit) };
      await git(['read-tree', commit], own);
      const output = await git(['check-attr', '--cached', '-z', '--stdin', 'filter'], { ...own, input: changed });
      const fields = output.toString('latin1').split('\0');
      for (let at = 0; at + 2 < fields.length; at += 3) {
        const value = fields[at + 2] ?? '';
        if (value !== 'unspecified' && value !== 'unset') found.add(fields[at] ?? '');
      }
    }
    return [...found].sort();
  });
}
