import type { GitBlobId, TreeId } from '../../../domain/ids.ts';
import { readObjects } from '../objects/read.ts';
import type { RawPath } from '../paths.ts';
import type { GitCall } from '../run.ts';

/** A file's bytes, or where a link points; null when the path is not a blob in the tree. */
export async function readFile(call: GitCall, tree: TreeId, path: RawPath): Promise<{ readonly id: GitBlobId; readonly content: Buffer } | null> {
  if (path === '' || path.includes('\0')) return null;
  const [found] = await readObjects(call, [`${tree}:${path}`]);
  return found?.kind === 'blob' ? { id: found.id, content: found.content } : null;
}
