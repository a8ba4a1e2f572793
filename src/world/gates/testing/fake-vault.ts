import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import type { TreeId } from '../../../domain/ids.ts';
import type { Vault } from '../../git/port.ts';

export type Files = Readonly<Record<string, string>>;

const idOf = (content: string | Buffer): string => createHash('sha1').update(content).digest('hex');
const refuse = (): never => {
  throw new TypeError('gates do not use this');
};

async function writeAll(files: Files, dir: string): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(dir, path)), { recursive: true });
    await writeFile(join(dir, path), content);
  }
}

/** A vault whose trees are given as files: all that gates need of one. */
export function fakeVault(trees: Readonly<Record<TreeId, Files>>): Vault {
  const filesOf = (tree: TreeId): Files => trees[tree] ?? refuse();
  return {
    dir: '/nowhere',
    root: '/nowhere',
    moveRoot: refuse,
    async listTree(tree) {
      return Object.entries(filesOf(tree)).map(([path, content]) => ({ path, mode: '100644', id: idOf(content) }));
    },
    async readFile(tree, path) {
      const content = filesOf(tree)[path];
      return content === undefined ? null : { id: idOf(content), content: Buffer.from(content) };
    },
    ignored: async () => new Set(),
    readFiles: () => refuse(),
    readTexts: async (tree, paths) => paths.map((path) => filesOf(tree)[path] ?? ''),
    mentions: async () => [],
    async checkout(tree, dir, index) {
      await writeAll(filesOf(tree), dir);
      if (index !== undefined) await writeFile(index, tree);
    },
    async moveCheckout(tree, dir) {
      for (const name of await readdir(dir)) await rm(join(dir, name), { recursive: true });
      await writeAll(filesOf(tree), dir);
      return new Map();
    },
    async compare(tree, dir, ignore) {
      const expected = filesOf(tree);
      const entries = await readdir(dir, { recursive: true, withFileTypes: true });
      const found = entries
        .filter((entry) => entry.isFile())
        .map((entry) => relative(dir, join(entry.parentPath, entry.name)));
      const ignored = (path: string): boolean => ignore.some((each) => path === each || path.startsWith(`${each}/`));
      const changed: string[] = [];
      for (const [path, content] of Object.entries(expected)) {
        const now = found.includes(path) ? await readFile(join(dir, path), 'utf8') : null;
        if (now !== content && !ignored(path)) changed.push(path);
      }
      const folders = entries
        .filter((entry) => entry.isDirectory())
        .map((entry) => relative(dir, join(entry.parentPath, entry.name)));
      const emptyFolders = folders.filter(
        (folder) => !ignored(folder) && !found.some((path) => path.startsWith(`${folder}/`)),
      );
      return { changed, created: found.filter((path) => !(path in expected) && !ignored(path)).sort(), emptyFolders };
    },
    stamps: async () => new Map(),
    fetchBase: refuse,
    treeOf: refuse,
    createWorktree: refuse,
    snapshot: refuse,
    removeWorktree: refuse,
    async diff(from, to) {
      const [before, after] = [filesOf(from), filesOf(to)];
      const paths = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
        (path) => before[path] !== after[path],
      );
      const mode = (files: Files, path: string): string => (path in files ? '100644' : '000000');
      return paths.map((path) => ({
        path,
        change: path in before ? ((['deleted', 'modified'] as const)[Number(path in after)] ?? 'deleted') : 'added',
        oldMode: mode(before, path),
        newMode: mode(after, path),
      }));
    },
    patch: refuse,
    overlay: refuse,
    lay: refuse,
    mergeChain: refuse,
    patched: refuse,
    commit: refuse,
    commitFiles: refuse,
    listRefs: refuse,
    deleteRefs: refuse,
    looseBytes: refuse,
    compact: refuse,
    tip: refuse,
  };
}
