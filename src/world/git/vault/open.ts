import { access, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RepositoryPin } from '../../../domain/goal/event.ts';
import { sweepFolder } from '../../process/sweep-folder.ts';
import { initBare } from '../objects/neutral.ts';
import { mentions } from '../objects/mentions.ts';
import { texts } from '../objects/texts.ts';
import { toTreeEntries } from '../objects/tree.ts';
import { applyPatch } from '../objects/patch.ts';
import { resolve, resolveTree } from '../objects/resolve.ts';
import { toRaw } from '../../../domain/git/path-bytes.ts';
import type { Vault } from '../port.ts';
import { movedRoot, MOVED } from '../locate.ts';
import { openBases } from '../snapshot/bases.ts';
import { takeSnapshot } from '../snapshot/take.ts';
import { checkout, moveCheckout } from './checkout.ts';
import { commit, commitFiles } from './commit.ts';
import { compare } from './compare.ts';
import { diffOf, patch } from './diff.ts';
import { ignored } from './ignored.ts';
import { fetchBase } from './fetch-base.ts';
import { lay } from './lay.ts';
import { mergeChain } from './merge-chain.ts';
import { overlay } from './overlay.ts';
import { vaultPlace } from './place.ts';
import { readFile as readInTree } from './read-file.ts';
import { readFiles } from './read-files.ts';
import { compact, deleteRefs, listRefs, looseBytes } from './refs.ts';
import { removeWorktree } from './remove-worktree.ts';
import { takeStamps } from './stamps.ts';
import { sweepLocks } from './sweep-locks.ts';
import { createWorktree } from './worktree.ts';

const CAPS = { fileBytes: 50 * 1024 * 1024, totalBytes: 200 * 1024 * 1024 };

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

/** Made aside and moved into place whole: another process may be doing the same. */
async function ensure(dir: string, repository: RepositoryPin): Promise<void> {
  if (await exists(join(dir, 'HEAD'))) return;
  const parent = join(dir, '..');
  await mkdir(parent, { recursive: true, mode: 0o700 });
  const fresh = `${dir}.new-${process.pid}-${crypto.randomUUID()}`;
  try {
    await initBare(fresh, repository.objectFormat);
    await rename(fresh, dir);
  } catch (error) {
    if (!(await exists(join(dir, 'HEAD')))) throw error;
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
}

/** No call takes a day. */
const STALE_MS = 24 * 60 * 60 * 1000;

/** The vault of one repository, made on first use. */
export async function openVault(
  stateDir: string,
  repository: RepositoryPin,
  caps = CAPS,
  place = vaultPlace(join(stateDir, 'vaults', `${repository.id}.git`), repository.objectFormat),
): Promise<Vault> {
  const { dir, call } = place;
  await ensure(dir, repository);
  await Promise.all([sweepFolder(place.temporary, STALE_MS), sweepLocks(dir)]);
  const bases = openBases(place);
  const fetched = new Set<string>();
  let root = (await movedRoot(stateDir, repository.id)) ?? repository.root;
  return {
    dir,
    get root() {
      return root;
    },
    async moveRoot(to) {
      await writeFile(join(dir, `${MOVED}.draft`), to, { mode: 0o600 });
      await rename(join(dir, `${MOVED}.draft`), join(dir, MOVED));
      root = to;
    },
    async fetchBase(from, base) {
      if (fetched.has(base)) return;
      await fetchBase(place, from, base);
      fetched.add(base);
    },
    treeOf: (base) => resolveTree(call, base),
    createWorktree: (worktree, base) => createWorktree(place, worktree, base),
    snapshot: (request) => takeSnapshot({ ...place, caps, bases }, request),
    removeWorktree: (worktree, safe) => removeWorktree(place, worktree, safe),
    checkout: (tree, to, index) => checkout(place, tree, to, index),
    moveCheckout: (tree, at, index, from) => moveCheckout(place, tree, at, index, from),
    stamps: (at, now) => takeStamps(at, now),
    compare: (tree, at, ignore, stamps) => compare(place, tree, at, ignore, stamps),
    ignored: (tree, paths) => ignored(place, tree, paths),
    listTree: async (tree) => toTreeEntries(await place.trees.get(tree)),
    readFile: (tree, path) => readInTree(place, tree, toRaw(path)),
    readFiles: (tree, paths) => readFiles(place, tree, paths),
    readTexts: async (tree, paths) => texts(call, place.format, await place.trees.get(tree), paths),
    mentions: (tree, needles) => mentions(call, tree, needles, place.trees.get),
    diff: (from, to) => place.diffs.get(`${from} ${to}`, () => diffOf(place, from, to)),
    patch: (from, to) => patch(call, from, to),
    overlay: (base, candidate, edits, merged) => overlay(place, base, candidate, edits, merged),
    lay: (tree, files) => lay(place, tree, files),
    mergeChain: (onto, changes) => mergeChain(place, onto, changes),
    patched: (tree, change) => applyPatch(call, place.temporary, tree, change),
    commit: (request) => commit(place, request),
    listRefs: (folder) => listRefs(place, folder),
    deleteRefs: (refs) => deleteRefs(place, refs),
    looseBytes: () => looseBytes(place),
    compact: (pruneDays) => compact(place, pruneDays),
    tip: (ref) => resolve(call, ref),
    commitFiles: (request) => commitFiles(place, request),
  };
}
