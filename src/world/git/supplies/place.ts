import { constants } from 'node:fs';
import { copyFile, cp, lstat, mkdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { placedOn, type Beside } from '../../../domain/gates/beside-tree.ts';
import type { RepoPath, TreeId } from '../../../domain/ids.ts';
import type { RawTree } from '../objects/tree.ts';
import { toRaw } from '../../../domain/git/path-bytes.ts';
import type { PlacedSupplies } from '../port.ts';
import type { VaultPlace } from '../vault/place.ts';
import { sha256Of } from './filtered.ts';

/** What there is to place, each with where it is on this machine. */
export interface Found {
  readonly told: Beside;
  readonly submodules: readonly { readonly path: RepoPath; readonly id: string; readonly from: string }[];
  readonly lfs: readonly {
    readonly path: RepoPath;
    readonly id: string;
    readonly oid: string;
    readonly from: string;
  }[];
  readonly included: readonly { readonly path: RepoPath; readonly from: string }[];
}

/**
 * Puts what the base names into a checkout of a tree, where the tree still has it as the base does: a candidate chooses neither
 * which commit or object it gets nor where.
 */
export async function placeIn(
  place: VaultPlace,
  found: Found,
  trees: { readonly base: RawTree; readonly judged: TreeId },
  dir: string,
): Promise<PlacedSupplies> {
  const judged = await place.trees.get(trees.judged);
  const paths = placedOn(
    found.told,
    (path) => trees.base.get(toRaw(path))?.id,
    (path) => judged.get(toRaw(path))?.id,
  );
  const isPlaced = ({ path }: { readonly path: RepoPath }): boolean => paths.includes(path);
  const [submodules, lfs, included] = [
    found.submodules.filter(isPlaced),
    found.lfs.filter(isPlaced),
    found.included.filter(isPlaced),
  ];
  for (const { path, from } of submodules) {
    await rm(join(dir, path), { recursive: true, force: true });
    await cp(from, join(dir, path), { recursive: true, verbatimSymlinks: true, mode: constants.COPYFILE_FICLONE });
  }
  for (const { path, from } of lfs) await put(from, join(dir, path));
  for (const { path, from } of included) {
    await mkdir(dirname(join(dir, path)), { recursive: true });
    await put(from, join(dir, path));
  }
  return {
    paths,
    changed: async () => {
      const kept = new Set(await unchangedIn({ submodules: [], lfs, included: [] }, dir));
      return lfs.filter(({ path }) => !kept.has(path)).map(({ path }) => path);
    },
  };
}

/** A copy, in the place of a link too; what is executable stays so. */
async function put(from: string, to: string): Promise<void> {
  const before = await lstat(to).catch(() => null);
  if (before !== null) await rm(to, { force: true });
  await copyFile(from, to, constants.COPYFILE_FICLONE).catch((error: NodeJS.ErrnoException) => {
    // The user may remove a file of the checkout at any time.
    if (error.code !== 'ENOENT') throw error;
  });
}

/**
 * What of it is in a worktree as it was placed: submodules and included files whatever became of them, an object
 * of Git LFS while it is that object.
 */
export async function unchangedIn(found: Omit<Found, 'told'>, dir: string): Promise<readonly RepoPath[]> {
  const same = await Promise.all(
    found.lfs.map(async ({ path, oid }) => {
      const stat = await lstat(join(dir, path)).catch(() => null);
      return stat?.isFile() === true && (await sha256Of(join(dir, path))) === oid ? [path] : [];
    }),
  );
  return [...[...found.submodules, ...found.included].map(({ path }) => path), ...same.flat()];
}
