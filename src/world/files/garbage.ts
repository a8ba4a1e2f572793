import { lstat, readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { removeFolder } from '../process/remove-folder.ts';

/** A file or folder that nobody works with any more. */
export interface Left {
  readonly path: string;
  /** Of its last change, in milliseconds since the epoch. */
  readonly changedMs: number;
}

/**
 * What a process makes under another name before it is whole; one that is killed leaves it. Folders below the
 * state directory; `*` is any name.
 */
const DRAFTS: readonly (readonly [string, RegExp])[] = [
  ['.', /^(?:version-\w{6}|goals\.db\.[0-9a-f]{12}(?:-wal|-shm)?)$/],
  ['blobs', /^draft-/],
  ['tmp', /^(?!gates$)/],
  ['layers', /^\.build-/],
  ['locks', /^\./],
  ['held-out', /\.json\.[0-9a-f]{12}$/],
  ['worktrees/*/*', /^\.copy-/],
];

/**
 * What is made again when it is needed: dependencies, downloads of package managers, omk itself as compiled by Node, what
 * checkouts get beside a tree, what Go compiled (`go-build` is where that was once).
 */
const CACHES: readonly (readonly [string, RegExp])[] = [
  ...['layers', 'downloads', 'compiled', 'supplies/*/git', 'supplies/*/submodules'].map(
    (folder) => [folder, /^[^.]/] as const,
  ),
  ['cache', /^go(?:-build)?$/],
];

/** What may be thrown away of a state directory, as far as files alone can tell. */
export function openGarbage(stateDir: string) {
  const among = async (folder: string, fits: RegExp): Promise<readonly Left[]> => {
    const found = await Promise.all(
      (await folders(stateDir, folder)).map(async (dir) => {
        const names = (await readdir(dir).catch(() => [])).filter((name) => fits.test(name));
        return Promise.all(names.map((name) => leftAt(join(dir, name))));
      }),
    );
    return found.flat().filter((each) => each !== null);
  };
  return {
    drafts: async (): Promise<readonly Left[]> =>
      (await Promise.all(DRAFTS.map(([folder, fits]) => among(folder, fits)))).flat(),
    caches: async (): Promise<readonly Left[]> =>
      (await Promise.all(CACHES.map(([folder, fits]) => among(folder, fits)))).flat(),
    /** The folders of all attempts. */
    attempts: (): Promise<readonly Left[]> => among('worktrees/*', /^\d+-/),
    /** Bytes on the disk; files that are linked twice count twice. */
    sizeOf,
    sizes: async (): Promise<ReadonlyMap<string, number>> => {
      const names = await readdir(stateDir).catch(() => []);
      const sizes = await Promise.all(names.map(async (name) => [name, await sizeOf(join(stateDir, name))] as const));
      return new Map(sizes.sort(([, a], [, b]) => b - a));
    },
    remove: async (path: string): Promise<void> => {
      if (dirname(path) === '/' || !path.startsWith(`${stateDir}/`)) throw new TypeError(`not in the state: ${path}`);
      await removeFolder(path);
    },
  };
}

async function folders(root: string, pattern: string): Promise<readonly string[]> {
  let found: readonly string[] = [root];
  for (const part of pattern.split('/'))
    found =
      part === '*'
        ? (await Promise.all(found.map(async (dir) => (await subfolders(dir)).map((name) => join(dir, name))))).flat()
        : found.map((dir) => join(dir, part));
  return found;
}

const subfolders = async (dir: string): Promise<readonly string[]> =>
  (await readdir(dir, { withFileTypes: true }).catch(() => []))
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);

const leftAt = async (path: string): Promise<Left | null> => {
  const found = await lstat(path).catch(() => null);
  return found && { path, changedMs: found.mtimeMs };
};

async function sizeOf(path: string): Promise<number> {
  const found = await lstat(path).catch(() => null);
  if (found === null) return 0;
  let bytes = found.blocks * 512;
  if (!found.isDirectory()) return bytes;
  for (const name of await readdir(path).catch(() => [])) bytes += await sizeOf(join(path, name));
  return bytes;
}
