import { isToolCache } from '../../../domain/contract/tool-caches.ts';
import type { ObjectFormat } from '../objects/id.ts';
import type { RawTree } from '../objects/tree.ts';
import type { RawPath } from '../../../domain/git/path-bytes.ts';
import { parentOf, rootOf } from '../paths.ts';
import type { ReadFile } from './read-file.ts';
import { readFile } from './read-file.ts';
import type { Walk, WalkedFile } from './walk.ts';

export interface Caps {
  readonly fileBytes: number;
  readonly totalBytes: number;
}

/** One file of the worktree, read, and where it belongs. */
export interface Examined extends WalkedFile {
  readonly read: ReadFile;
  /**
   * `tracked`: the base has it. `fresh`: new and not ignored. `ignored`: the base's rules, or a submodule of
   * the base, keep it out, or it is
   * what a tool keeps for itself. `kept`: the last, where the base has it.
   */
  readonly place: 'tracked' | 'fresh' | 'ignored' | 'kept';
  /** The folder with a repository of its own that it lies in. */
  readonly nestedIn: RawPath | null;
}

export interface Examination {
  readonly files: readonly Examined[];
  /** Folders with a repository of their own that the base neither has nor ignores. */
  readonly nested: readonly RawPath[];
}

const PAUSE_EVERY = 512;

export function submodulesOf(base: RawTree): ReadonlySet<RawPath> {
  return new Set([...base].filter(([, { mode }]) => mode === '160000').map(([path]) => path));
}

/** Reads every file once. `ignored` holds folders with a `/` at their end too. Long walks give way to the rest of the program. */
export async function examine(
  root: string,
  walk: Walk,
  base: RawTree,
  ignored: ReadonlySet<RawPath>,
  format: ObjectFormat,
  caps: Caps,
): Promise<Examination> {
  const submodules = submodulesOf(base);
  const nested = new Set([...walk.nested].filter((folder) => rootOf(folder, submodules) === null));
  const withWork = new Set<RawPath>();
  const files: Examined[] = [];
  // Beyond the cap nothing is kept, so nothing is read: a build folder of gigabytes costs no more than its names.
  const left = { fresh: caps.totalBytes, ignored: caps.totalBytes };
  for (const [index, file] of walk.files.entries()) {
    if (index % PAUSE_EVERY === PAUSE_EVERY - 1) await new Promise(setImmediate);
    const inSubmodule = rootOf(parentOf(file.path), submodules) !== null;
    const there = isToolCache(file.path) ? 'kept' : 'tracked';
    const absent = ignored.has(file.path) ? 'ignored' : 'fresh';
    const own = base.has(file.path) ? there : absent;
    const place = inSubmodule ? 'ignored' : own;
    const nestedIn = rootOf(file.path, nested);
    if (nestedIn !== null && place !== 'ignored') withWork.add(nestedIn);
    // What the base has is compared whatever its size: unchanged, it stays.
    const read = readFile(
      root,
      file,
      format,
      place === 'tracked' || place === 'kept' ? Number.POSITIVE_INFINITY : Math.min(caps.fileBytes, left[place]),
    );
    if (place !== 'tracked' && place !== 'kept' && read.id !== null) left[place] -= read.size;
    files.push({ ...file, read, place, nestedIn });
  }
  const outermost = [...nested].filter((folder) => rootOf(parentOf(folder), nested) === null);
  return { files, nested: outermost.filter((folder) => withWork.has(folder) || !ignored.has(`${folder}/`)).sort() };
}
