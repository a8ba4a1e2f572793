import type { RepoPath } from '../ids.ts';

interface Entry {
  readonly path: RepoPath;
  readonly mode: string;
  readonly id: string;
}

/**
 * The entries of a tree with files laid over it, as in git's index: a file takes the place of a folder of its
 * name, and of a file in its way.
 */
export function laidOver<T extends Entry>(tree: readonly T[], files: readonly T[]): readonly T[] {
  const paths = new Set(files.map(({ path }) => path));
  const folders = new Set(files.flatMap(({ path }) => foldersOf(path)));
  return [
    ...tree.filter(
      ({ path }) => !paths.has(path) && !folders.has(path) && !foldersOf(path).some((folder) => paths.has(folder)),
    ),
    ...files,
  ];
}

const foldersOf = (path: RepoPath): readonly RepoPath[] =>
  [...path.matchAll(/\//g)].map(({ index }) => path.slice(0, index));
