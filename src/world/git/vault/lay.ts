import type { TreeId } from '../../../domain/ids.ts';
import { toRaw } from '../../../domain/git/path-bytes.ts';
import type { LaidFile } from '../port.ts';
import { edit, fileEdit } from './edit.ts';
import type { VaultPlace } from './place.ts';

/** A tree with files in the place of what it has there. */
export const lay = (place: VaultPlace, tree: TreeId, files: readonly LaidFile[]): Promise<TreeId> =>
  edit(
    place,
    tree,
    files.map(({ path, mode, content }) => fileEdit(place, toRaw(path), mode, content)),
    files.map(({ content }) => content),
  );
