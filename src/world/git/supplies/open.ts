import { utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { OmkError } from '../../../domain/error.ts';
import type { Beside, CheckoutLack } from '../../../domain/gates/beside-tree.ts';
import type { RepositoryPin } from '../../../domain/goal/event.ts';
import { sweepFolder } from '../../process/sweep-folder.ts';
import type { Supplies } from '../port.ts';
import { locate } from '../repository/locate.ts';
import type { VaultPlace } from '../vault/place.ts';
import { filteredFiles, lfsObject } from './filtered.ts';
import { gitFolder } from './git-folder.ts';
import { findIncluded } from './included.ts';
import { placeIn, unchangedIn, type Found } from './place.ts';
import { patternsOf } from './patterns.ts';
import { findSubmodules } from './submodules.ts';
import { lastTag, tagIn } from './tag.ts';

/** No run takes a week. */
const STALE_MS = 7 * 24 * 3_600_000;

/**
 * What checkouts of one base get beside its tree. Submodules and objects of Git LFS come from the user's clone, and are named by
 * the tree down to the last byte; files that `.worktreeinclude` names come from the checkout as they are.
 */
export async function openSupplies(place: VaultPlace, stateDir: string, pin: RepositoryPin): Promise<Supplies> {
  const folder = join(stateDir, 'supplies', pin.id);
  const tree = await place.trees.get(pin.tree);
  const clone = await locate(pin.root).then(
    ({ commonDir, gitDir, bare }) => ({ commonDir, gitDir, root: pin.root, bare }),
    (error: unknown) => {
      // The repository was moved or removed: what is in the vault is all there is.
      if (error instanceof OmkError) return null;
      throw error;
    },
  );
  const commits = join(folder, 'git');
  const submodules = join(folder, 'submodules');
  const dir = await gitFolder(place, join(commits, pin.commit), pin.commit, async () =>
    clone === null ? null : lastTag(clone.commonDir, pin.commit),
  );
  const [subs, filtered] = await Promise.all([
    findSubmodules(place, submodules, { gitDir: clone?.commonDir ?? '/nonexistent', root: pin.root }, tree),
    filteredFiles(place.call, tree, pin.tree),
  ]);
  const objects = await Promise.all(
    filtered.pointers.map(async (pointer) => ({
      ...pointer,
      from: clone === null ? null : await lfsObject(clone.commonDir, pointer),
    })),
  );
  const patterns = await patternsOf(place, tree);
  const included = clone === null || clone.bare ? NOTHING : await findIncluded(place.temporary, clone, patterns, tree);
  const now = new Date();
  for (const { from } of [{ from: dir }, ...subs]) if (from !== null) await utimes(from, now, now);
  await Promise.all([sweepFolder(commits, STALE_MS), sweepFolder(submodules, STALE_MS)]);
  const parts = {
    submodules: subs.flatMap(({ path, id, from }) => (from === null ? [] : [{ path, id, from }])),
    lfs: objects.flatMap(({ from, ...pointer }) => (from === null ? [] : [{ ...pointer, from }])),
    included: included.files,
  };
  const lacks: readonly CheckoutLack[] = [
    ...subs.filter(({ from }) => from === null).map(({ path }) => ({ what: 'submodule' as const, path })),
    ...objects.filter(({ from }) => from === null).map(({ path }) => ({ what: 'lfs' as const, path })),
    ...filtered.encrypted.map((path) => ({ what: 'git_crypt' as const, path })),
  ];
  const found: Found = { ...parts, told: toldOf(parts, lacks) };
  return {
    git: { dir, commit: pin.commit, tag: await tagIn(dir) },
    told: found.told,
    secrets: included.secrets,
    place: (judged, to, only) =>
      placeIn(place, only === undefined ? found : { ...found, lfs: [], included: [] }, { base: tree, judged }, to),
    unchanged: (worktree) => unchangedIn(found, worktree),
  };
}

const NOTHING: Awaited<ReturnType<typeof findIncluded>> = { files: [], secrets: [] };

const toldOf = (found: Omit<Found, 'told'>, lacks: readonly CheckoutLack[]): Beside => ({
  submodules: found.submodules.map(({ path, id }) => ({ path, id })),
  lfs: found.lfs.map(({ path, oid }) => ({ path, oid })),
  included: found.included.map(({ path }) => path),
  lacks,
});
