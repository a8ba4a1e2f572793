import type { GitBlobId, TreeId } from '../../../domain/ids.ts';
import type { RawPath } from '../../../domain/git/path-bytes.ts';
import type { VaultPlace } from './place.ts';

/** A file's bytes, or where a link points; null when the path is not a blob in the tree. */
export async function readFile(
  { trees, files }: VaultPlace,
  tree: TreeId,
  path: RawPath,
): Promise<{ readonly id: GitBlobId; readonly content: Buffer } | null> {
  const entry = (await trees.get(tree)).get(path);
  if (entry === undefined || entry.mode === '160000') return null;
  return { id: entry.id, content: await files.get(entry.id) };
}
