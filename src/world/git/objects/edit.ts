import { join } from 'node:path';
import type { TreeId } from '../../../domain/ids.ts';
import type { RawPath } from '../../../domain/git/path-bytes.ts';
import type { GitCall } from '../run.ts';
import { git, gitText } from '../run.ts';
import { withTemporary } from '../temporary.ts';
import type { RawEntry } from './tree.ts';

export interface TreeEdit {
  readonly path: RawPath;
  /** Null takes the path out. */
  readonly entry: RawEntry | null;
}

/** A tree with some paths set or taken out, through an index of its own. All blobs must exist already. */
export async function editTree(
  call: GitCall,
  temporary: string,
  start: TreeId | null,
  edits: readonly TreeEdit[],
): Promise<TreeId> {
  if (start !== null && edits.length === 0) return start;
  return withTemporary(temporary, async (dir) => {
    const own: GitCall = { ...call, indexFile: join(dir, 'index') };
    await git(start === null ? ['read-tree', '--empty'] : ['read-tree', start], own);
    const zero = '0'.repeat(start?.length ?? 40);
    // What goes out goes first: a folder can take the place of a file.
    const removed = edits.filter(({ entry }) => entry === null).map(({ path }) => `0 ${zero}\t${path}\0`);
    const set = edits.flatMap(({ path, entry }) => (entry === null ? [] : [`${entry.mode} ${entry.id}\t${path}\0`]));
    await git(['update-index', '-z', '--index-info'], {
      ...own,
      input: Buffer.from([...removed, ...set].join(''), 'latin1'),
    });
    return gitText(['write-tree'], { ...own, durable: true });
  });
}
