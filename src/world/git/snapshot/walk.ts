import type { Dirent } from 'node:fs';
import { chmodSync, readdirSync } from 'node:fs';
import { OmkError } from '../../../domain/error.ts';
import { toRaw, toRepoPath, type RawPath } from '../../../domain/git/path-bytes.ts';
import { rawBytes } from '../paths.ts';

export interface WalkedFile {
  readonly path: RawPath;
  readonly kind: 'file' | 'link';
}

export interface Walk {
  readonly files: readonly WalkedFile[];
  /** Folders below the top that hold a `.git` of their own, which is not walked. */
  readonly nested: ReadonlySet<RawPath>;
  /** FIFOs, sockets, devices. */
  readonly special: readonly RawPath[];
  /** Folders with nothing in them. */
  readonly empty: readonly RawPath[];
  /** Files and folders too deep to be opened by name. */
  readonly tooLong: readonly RawPath[];
}

interface WalkOptions {
  /** Paths that are not entered and not reported. */
  readonly skip: ReadonlySet<RawPath>;
  /** Leave out `.git` at the top and in folders below. Off, `.git` is a name like others. */
  readonly leaveGit: boolean;
}

/** Longer paths cannot be opened by name. */
const MAX_PATH = process.platform === 'darwin' ? 1023 : 4095;

/** Bytes of a path below `root`, for calls of `node:fs`. */
export function pathBelow(root: string, path: RawPath): Buffer {
  return rawBytes(path === '' ? toRaw(root) : `${toRaw(root)}/${path}`);
}

function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

function list(root: string, folder: RawPath): Dirent<Buffer>[] {
  const path = pathBelow(root, folder);
  const read = (): Dirent<Buffer>[] => readdirSync(path, { withFileTypes: true, encoding: 'buffer' });
  try {
    return read();
  } catch (error) {
    if (errorCode(error) !== 'EACCES') throw error;
  }
  // An agent may close a folder; what is in it must not be lost.
  try {
    chmodSync(path, 0o700);
    return read();
  } catch (cause) {
    throw unreadable(folder, cause);
  }
}

export function unreadable(path: RawPath, cause: unknown): OmkError {
  return new OmkError(
    'WORKTREE_UNREADABLE',
    `"${toRepoPath(path)}" in the worktree cannot be read, so its content cannot be saved.`,
    'Make it readable for your user and resume the goal; the worktree is kept.',
    { exit: 6, cause },
  );
}

/** Everything in a directory, by the kind the directory entry has: links are never followed (trust rule T9). */
export function walk(root: string, { skip, leaveGit }: WalkOptions): Walk {
  const files: WalkedFile[] = [];
  const nested = new Set<RawPath>();
  const special: RawPath[] = [];
  const empty: RawPath[] = [];
  const tooLong: RawPath[] = [];
  const folders: RawPath[] = [''];
  const top = pathBelow(root, '').length + 1;
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    let entries: Dirent<Buffer>[];
    try {
      entries = list(root, folder);
    } catch (error) {
      if (errorCode(error) !== 'ENAMETOOLONG') throw error;
      tooLong.push(folder);
      continue;
    }
    if (entries.length === 0 && folder !== '') empty.push(folder);
    for (const entry of entries) {
      const name = entry.name.toString('latin1');
      const path = folder === '' ? name : `${folder}/${name}`;
      if (leaveGit && name === '.git') {
        if (folder !== '') nested.add(folder);
        continue;
      }
      if (skip.has(path)) continue;
      if (entry.isDirectory()) folders.push(path);
      else if (top + path.length > MAX_PATH) tooLong.push(path);
      else if (entry.isFile()) files.push({ path, kind: 'file' });
      else if (entry.isSymbolicLink()) files.push({ path, kind: 'link' });
      else special.push(path);
    }
  }
  const byPath = (a: { path: RawPath }, b: { path: RawPath }): number => (a.path < b.path ? -1 : 1);
  return { files: files.sort(byPath), nested, special: special.sort(), empty, tooLong: tooLong.sort() };
}
