import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { TreeId } from '../../../domain/ids.ts';
import type { RawPath } from '../../../domain/git/path-bytes.ts';
import type { Stamps } from '../port.ts';
import { git } from '../run.ts';
import { withTemporary } from '../temporary.ts';
import type { VaultPlace } from './place.ts';

/** Writes the files of a tree, byte for byte, and the index that goes with them. */
export async function materialise(place: VaultPlace, tree: TreeId, dir: string, indexFile: string): Promise<void> {
  await git(['read-tree', '--reset', '-u', '--no-recurse-submodules', tree], {
    ...place.call,
    workTree: dir,
    indexFile,
  });
}

/** Into an empty or absent directory, without `.git`. `index` keeps what `moveCheckout` needs. */
export async function checkout(place: VaultPlace, tree: TreeId, dir: string, index?: string): Promise<void> {
  await mkdir(dir, { recursive: true });
  if ((await readdir(dir)).length > 0) throw new TypeError(`not empty: ${dir}`);
  if (index !== undefined) return materialise(place, tree, dir, index);
  await withTemporary(place.temporary, (temporary) => materialise(place, tree, dir, join(temporary, 'index')));
}

/**
 * Writes only what differs from the tree that the index is of; the directory must be exactly that tree, `from`. Gives the
 * stamps of what was not written.
 */
export async function moveCheckout(
  place: VaultPlace,
  tree: TreeId,
  dir: string,
  index: string,
  from: { readonly tree: TreeId; readonly stamps: Stamps },
): Promise<Stamps> {
  const [before, after] = await Promise.all([
    place.trees.get(from.tree),
    place.trees.get(tree),
    materialise(place, tree, dir, index),
  ]);
  const stays = (path: RawPath): boolean =>
    before.get(path)?.id === after.get(path)?.id && before.get(path)?.mode === after.get(path)?.mode;
  return new Map([...from.stamps].filter(([path]) => stays(path)));
}
