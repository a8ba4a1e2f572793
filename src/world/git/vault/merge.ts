import { toRepoPath } from '../../../domain/git/path-bytes.ts';
import { plainMerge, type MergeOf } from '../../../domain/goal/merge.ts';
import type { TreeId } from '../../../domain/ids.ts';
import { commitTree } from '../objects/commit.ts';
import type { TreeEdit } from '../objects/edit.ts';
import { mergeTrees as mergeCommits } from '../remote/merge-trees.ts';
import type { RawTree } from '../objects/tree.ts';
import type { ChainedMerge } from '../port.ts';
import { edit } from './edit.ts';
import { foldersOf } from './folders.ts';
import type { VaultPlace } from './place.ts';

/**
 * The change from `base` to `candidate`, on another tree. What touches different paths is merged by path, in one process; only what
 * touches the same file is git's to merge.
 */
export async function merge(place: VaultPlace, of: MergeOf): Promise<ChainedMerge> {
  const plain = plainMerge(of);
  if (plain) return plain;
  const base = await place.trees.get(of.base);
  const theirs = changesOf(base, await place.trees.get(of.candidate));
  const ours = new Map(changesOf(base, await place.trees.get(of.onto)).map(({ path, entry }) => [path, entry]));
  if (theirs.every(({ path }) => !ours.has(path)) && !inEachOthersWay([...ours.keys()], theirs))
    return { kind: 'clean', tree: await edit(place, of.onto, theirs) };
  const together = theirs.filter(({ path, entry }) => ours.has(path) && ours.get(path)?.id !== entry?.id);
  return { ...(await byGit(place, of)), together: together.map(({ path }) => toRepoPath(path)) };
}

function changesOf(from: RawTree, to: RawTree): readonly TreeEdit[] {
  const set = [...to].flatMap(([path, entry]): readonly TreeEdit[] => {
    const before = from.get(path);
    return before?.id === entry.id && before.mode === entry.mode ? [] : [{ path, entry }];
  });
  const gone = [...from.keys()].filter((path) => !to.has(path));
  return [...set, ...gone.map((path) => ({ path, entry: null }))];
}

/** A file of one side where the other has a folder. */
function inEachOthersWay(ours: readonly string[], theirs: readonly TreeEdit[]): boolean {
  const their = theirs.map(({ path }) => path);
  const [a, b] = [new Set(foldersOf(ours)), new Set(foldersOf(their))];
  return ours.some((path) => b.has(path)) || their.some((path) => a.has(path));
}

/** Git finds the base of a merge in history, so the trees get one. */
async function byGit(place: VaultPlace, { onto, base, candidate }: MergeOf): Promise<ChainedMerge> {
  const commit = (tree: TreeId, ...parents: readonly string[]): Promise<string> =>
    commitTree(place.call, { tree, parents, message: 'merge', at: 0 });
  const root = await commit(base);
  const [ours, theirs] = await Promise.all([commit(onto, root), commit(candidate, root)]);
  const merged = await mergeCommits(place.call, ours, theirs);
  return merged.kind === 'clean' ? merged : { ...merged, paths: [...new Set(merged.paths)].map(toRepoPath) };
}
