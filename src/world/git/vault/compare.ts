import { lstatSync } from 'node:fs';
import type { RepoPath, TreeId } from '../../../domain/ids.ts';
import type { Difference, Stamps } from '../port.ts';
import { toRaw, toRepoPath } from '../../../domain/git/path-bytes.ts';
import { rootOf } from '../paths.ts';
import { ChangedMeanwhile, readFile } from '../snapshot/read-file.ts';
import { pathBelow, walk } from '../snapshot/walk.ts';
import type { VaultPlace } from './place.ts';
import { hasStamp } from './stamps.ts';

const NONE: Stamps = new Map();

/**
 * What differs in `dir` from a tree, by content; a file with its stamp is not read. `ignore` are paths that are left out;
 * an emptied submodule folder is no difference. Anything that cannot be read, or is neither file nor link, counts as different.
 */
export async function compare(
  place: VaultPlace,
  tree: TreeId,
  dir: string,
  ignore: readonly RepoPath[],
  stamps: Stamps = NONE,
): Promise<Difference> {
  const expected = await place.trees.get(tree);
  const skip = new Set(ignore.map(toRaw));
  const found = walk(dir, { skip, leaveGit: false });
  const changed: string[] = [];
  const created: string[] = [...found.special, ...found.tooLong].filter((path) => !expected.has(path));
  const same = new Set<string>();
  for (const [index, file] of found.files.entries()) {
    if (index % 512 === 511) await new Promise(setImmediate);
    const entry = expected.get(file.path);
    if (entry === undefined) {
      created.push(file.path);
      continue;
    }
    if (hasStamp(dir, file.path, stamps)) {
      same.add(file.path);
      continue;
    }
    try {
      const { mode, id } = readFile(dir, file, place.format, Number.POSITIVE_INFINITY);
      if (mode === entry.mode && id === entry.id) same.add(file.path);
    } catch (error) {
      if (!(error instanceof ChangedMeanwhile)) throw error;
    }
  }
  for (const [path, { mode }] of expected) {
    if (same.has(path) || rootOf(path, skip) !== null) continue;
    const kind = mode === '160000' ? lstatSync(pathBelow(dir, path), { throwIfNoEntry: false }) : null;
    if (mode !== '160000' || (kind !== undefined && kind?.isDirectory() !== true)) changed.push(path);
  }
  const empty = found.empty.filter((path) => expected.get(path)?.mode !== '160000');
  return {
    changed: changed.sort().map(toRepoPath),
    created: created.sort().map(toRepoPath),
    emptyFolders: empty.sort().map(toRepoPath),
  };
}
