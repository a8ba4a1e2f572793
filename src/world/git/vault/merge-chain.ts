import { plainMerge, type Change } from '../../../domain/goal/merge.ts';
import type { TreeId } from '../../../domain/ids.ts';
import type { TreeEdit } from '../objects/edit.ts';
import { changesBetween } from '../objects/changes-between.ts';
import type { ChainedMerge } from '../port.ts';
import { editEach } from './edit.ts';
import { foldersOf } from './folders.ts';
import { merge } from './merge.ts';
import type { VaultPlace } from './place.ts';

/**
 * One change after the other, each on what those before it gave; a change that conflicts leaves the tree as it is. Those that touch
 * different paths are merged by path, hundreds of them in one process; any other is merged by itself.
 */
export async function mergeChain(
  place: VaultPlace,
  onto: TreeId,
  parts: readonly Change[],
): Promise<readonly ChainedMerge[]> {
  const results: ChainedMerge[] = [];
  for (let tree = onto; results.length < parts.length;) {
    const rest = parts.slice(results.length);
    const trees = await editEach(place, tree, await disjointFront(place, tree, rest));
    results.push(...trees.map((made): ChainedMerge => ({ kind: 'clean', tree: made })));
    tree = trees.at(-1) ?? tree;
    const next = rest[trees.length];
    if (next === undefined) continue;
    const merged = plainMerge({ onto: tree, ...next }) ?? (await merge(place, { onto: tree, ...next }));
    results.push(merged);
    if (merged.kind === 'clean') tree = merged.tree;
  }
  return results;
}

/** The changes of the first parts, as far as none touches a path, or a folder in its way, that another touched before. */
async function disjointFront(
  place: VaultPlace,
  tree: TreeId,
  parts: readonly Change[],
): Promise<readonly (readonly TreeEdit[])[]> {
  if (parts.length < 2) return [];
  const bases = [...new Set(parts.map(({ base }) => base))];
  const pairs = [
    ...bases.map((base) => [base, tree] as const),
    ...parts.map(({ base, candidate }) => [base, candidate] as const),
  ];
  const found = await changesBetween(place.call, pairs);
  const since = new Map(bases.map((base, at) => [base, touchedBy(found[at] ?? [])]));
  const before = touchedBy([]);
  const front: (readonly TreeEdit[])[] = [];
  for (const [at, { base }] of parts.entries()) {
    const edits = found[bases.length + at] ?? [];
    const own = touchedBy(edits);
    if ([since.get(base) ?? before, before].some((each) => meet(own, each))) break;
    for (const path of own.paths) before.paths.add(path);
    for (const folder of own.folders) before.folders.add(folder);
    front.push(edits);
  }
  return front;
}

interface Touched {
  readonly paths: Set<string>;
  readonly folders: Set<string>;
}

function touchedBy(edits: readonly TreeEdit[]): Touched {
  const paths = edits.map(({ path }) => path);
  return { paths: new Set(paths), folders: new Set(foldersOf(paths)) };
}

const meet = (one: Touched, other: Touched): boolean =>
  [...one.paths].some((path) => other.paths.has(path) || other.folders.has(path)) ||
  [...one.folders].some((folder) => other.paths.has(folder));
