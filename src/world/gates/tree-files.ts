import type { GitBlobId, RepoPath, TreeId } from '../../domain/ids.ts';
import type { TreeEntry } from '../git/port.ts';
import type { TreeReader } from './port.ts';

/** The files of one tree, listed once. */
export interface TreeFiles {
  file(path: RepoPath): Promise<{ readonly id: GitBlobId; readonly content: Buffer } | null>;
  text(path: RepoPath): Promise<string | null>;
  /** Of many at once, in their order; nothing where there is none. */
  texts(paths: readonly RepoPath[]): Promise<readonly string[]>;
  list(): Promise<readonly TreeEntry[]>;
}

export function treeFiles(vault: TreeReader, tree: TreeId): TreeFiles {
  let listed: Promise<readonly TreeEntry[]> | null = null;
  const file: TreeFiles['file'] = (path) => vault.readFile(tree, path);
  return {
    file,
    text: async (path) => (await file(path))?.content.toString('utf8') ?? null,
    texts: (paths) => vault.readTexts(tree, paths),
    list: () => (listed ??= vault.listTree(tree)),
  };
}

/** A folder of the tree, as if it were the whole of it. */
export const filesBelow = (files: TreeFiles, folder: RepoPath): TreeFiles => ({
  file: (path) => files.file(`${folder}/${path}`),
  text: (path) => files.text(`${folder}/${path}`),
  texts: (paths) => files.texts(paths.map((path) => `${folder}/${path}`)),
  list: async () =>
    (await files.list()).flatMap((entry) =>
      entry.path.startsWith(`${folder}/`) ? [{ ...entry, path: entry.path.slice(folder.length + 1) }] : [],
    ),
});

/** The same tree without the files of some folders in its list. */
export const filesBeside = (files: TreeFiles, folders: readonly RepoPath[]): TreeFiles => ({
  ...files,
  list: async () => (await files.list()).filter(({ path }) => !folders.some((each) => path.startsWith(`${each}/`))),
});

/** The same tree with no other files in its list but those that `also` fits; all of them where `only` is not given. */
export const onlyFiles = (files: TreeFiles, only: readonly RepoPath[] | undefined, also?: RegExp): TreeFiles =>
  only === undefined
    ? files
    : {
        ...files,
        list: async () => (await files.list()).filter(({ path }) => only.includes(path) || also?.test(path)),
      };
