import type { TreeId } from '../../../domain/ids.ts';
import { editTree } from '../objects/edit.ts';
import { objectId } from '../objects/id.ts';
import { writeBlobs } from '../objects/write.ts';
import { toRaw } from '../../../domain/git/path-bytes.ts';
import type { LaidFile } from '../port.ts';
import type { VaultPlace } from './place.ts';

/** A tree with files in the place of what it has there. */
export async function lay(place: VaultPlace, tree: TreeId, files: readonly LaidFile[]): Promise<TreeId> {
  if (files.length === 0) return tree;
  await writeBlobs(
    place.call,
    files.map(({ content }) => content),
  );
  return editTree(
    place.call,
    place.temporary,
    tree,
    files.map(({ path, mode, content }) => ({
      path: toRaw(path),
      entry: { mode, id: objectId(place.format, 'blob', content) },
    })),
  );
}
