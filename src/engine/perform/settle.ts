import { joinManifest } from '../../domain/queue/join-manifest.ts';
import { isLockFile, isLockOf, isWrittenManifest, whyNotRemade } from '../../domain/queue/lock-file.ts';
import type { MergedTrees, MergeOf } from '../../domain/goal/merge.ts';
import { cleanLine } from '../../domain/text/clean.ts';
import type { RepoPath, TreeId } from '../../domain/ids.ts';
import type { ChainedMerge, LaidFile, Vault } from '../../world/git/port.ts';
import type { Relocked } from '../../world/gates/port.ts';
import { created, suppliesFor, type Context } from '../context.ts';

type Read = Pick<Vault, 'listTree' | 'readFile' | 'lay'>;

/** Makes a lock file of a tree again. */
type Relock = (tree: TreeId, lock: RepoPath) => Promise<Relocked>;

/** With the package managers of this machine. */
export const relockFor =
  (context: Pick<Context, 'world' | 'session' | 'vault'>): Relock =>
  async (tree, lock) => {
    const { world, session, vault } = context;
    const base = created(session.state).repository.tree;
    return world.gates.relock(vault, tree, base, lock, await suppliesFor(context));
  };

/**
 * What git merged, with manifests joined where each side names other things, and with lock files that both sides changed made again for
 * the merged manifests: they are never merged as text where the change is one of a manifest. What cannot be made stays a conflict.
 */
export async function settle(vault: Read, of: MergeOf, merged: ChainedMerge, relock: Relock): Promise<MergedTrees> {
  const { together = [], ...plain } = merged;
  const open = plain.kind === 'conflict' ? plain.paths : [];
  const locked = [...new Set([...open, ...together])].filter(isLockFile);
  if (!open.some(isWrittenManifest) && locked.length === 0) return plain;
  const changed = await manifestsChanged(vault, of);
  if (changed.length === 0) return plain;
  // A lock file that changed alone would lose that.
  const remade = locked.filter((path) => isLockOf(path, changed));
  const start = plain.kind === 'clean' ? plain.tree : plain.marked;
  const manifests = await joined(vault, of, open.filter(isWrittenManifest), start ?? of.onto);
  const left = open.filter((path) => !remade.includes(path) && !manifests.some((file) => file.path === path));
  if (left.length > 0 || start === undefined) return plain;
  const locks = await filesAt(vault, of.onto, remade);
  if (locks.length < remade.length) return plain;
  const tree = await vault.lay(start, [...manifests, ...locks]);
  return made(vault, plain, tree, locks, relock);
}

/** Where the candidate says something new of what it needs. */
async function manifestsChanged(vault: Read, { base, candidate }: MergeOf): Promise<readonly RepoPath[]> {
  const before = new Map((await vault.listTree(base)).map(({ path, id }) => [path, id]));
  return (await vault.listTree(candidate)).flatMap(({ path, id }) =>
    isWrittenManifest(path) && before.get(path) !== id ? [path] : [],
  );
}

/** The manifests in conflict that can be joined. */
async function joined(
  vault: Read,
  { base, onto, candidate }: MergeOf,
  paths: readonly RepoPath[],
  marked: TreeId,
): Promise<readonly LaidFile[]> {
  const files: LaidFile[] = [];
  for (const path of paths) {
    const sides = await Promise.all([base, onto, candidate, marked].map((tree) => vault.readFile(tree, path)));
    const [from, ours, theirs, both] = sides.map((file) => file?.content.toString('utf8'));
    if (from === undefined || ours === undefined || theirs === undefined || both === undefined) continue;
    const text = joinManifest(path, { base: from, ours, theirs, marked: both });
    if (text !== null) files.push({ path, mode: '100644', content: Buffer.from(text) });
  }
  return files;
}

async function filesAt(vault: Read, tree: TreeId, paths: readonly RepoPath[]): Promise<readonly LaidFile[]> {
  const found = await Promise.all(paths.map(async (path) => ({ path, file: await vault.readFile(tree, path) })));
  return found.flatMap(({ path, file }) => (file ? [{ path, mode: '100644', content: file.content }] : []));
}

/** `tree`: with the lock files of the head, which say less than its manifests. */
async function made(
  vault: Read,
  plain: MergedTrees,
  tree: TreeId,
  locks: readonly LaidFile[],
  relock: Relock,
): Promise<MergedTrees> {
  const fresh: LaidFile[] = [];
  for (const lock of locks) {
    const result = await relock(tree, lock.path);
    // In a folder it may be one of an example, from which nothing is installed.
    const isNeeded = result.kind !== 'unknown' && !lock.path.includes('/');
    if (result.kind !== 'made' && plain.kind === 'clean' && !isNeeded) return plain;
    if (result.kind !== 'made') return notMade(plain, lock.path, result);
    fresh.push({ ...lock, content: Buffer.from(result.text) });
  }
  const remade = fresh.map(({ path }) => path);
  return { kind: 'clean', tree: await vault.lay(tree, fresh), ...(remade.length === 0 ? {} : { remade }) };
}

function notMade(plain: MergedTrees, path: RepoPath, result: Exclude<Relocked, { kind: 'made' }>): MergedTrees {
  const reason = result.kind === 'failed' ? cleanLine(result.detail, 400) : whyNotRemade(path);
  const why = `${path} cannot be made again for what both changes need: ${reason}`;
  return plain.kind === 'conflict' ? { ...plain, why } : { kind: 'conflict', paths: [path], why };
}
