import { constants } from 'node:fs';
import { open, readlink, realpath, type FileHandle } from 'node:fs/promises';
import { join, normalize, sep } from 'node:path';
import { partsInside } from './inside.ts';
import { errorCode, FileRefused } from './refused.ts';

/** More than this is not handed to an agent in one message. */
const LARGEST = 16 * 1024 * 1024;

export interface ReadRange {
  /** First line, counted from 1. */
  readonly line?: number | null | undefined;
  /** How many lines at most. */
  readonly limit?: number | null | undefined;
}

/**
 * Reads a text file for an agent. Links are followed only when what they lead to is inside the worktree, which
 * is checked on the file that was really opened. Throws `FileRefused`.
 */
export async function readInside(worktree: string, path: string, range: ReadRange = {}): Promise<string> {
  const parts = await partsInside(worktree, path, 'read');
  const root = await realpath(worktree);
  return readOpened(join(root, ...parts), path, range, (opened) => {
    if (!opened.startsWith(root + sep)) throw new FileRefused(`${path} leads outside the worktree`);
  });
}

/** Files of the machine's own: they are in every sandbox. */
const OF_SYSTEM = /^\/(?:etc|usr|bin|sbin|lib|lib32|lib64)\//u;
/** Settings of npm hold tokens. */
const SETTINGS = /\/npmrc$/u;

export const isOfSystem = (path: string): boolean => OF_SYSTEM.test(path) && normalize(path) === path;

/** Reads a text file of the machine that every user may read, as an agent in the sandbox can by itself. Throws `FileRefused`. */
export const readOfSystem = (path: string, range: ReadRange): Promise<string> =>
  readOpened(path, path, range, (opened, mode) => {
    if (!isOfSystem(opened) || SETTINGS.test(opened) || (mode & EVERYBODY_READS) === 0)
      throw new FileRefused(`${path} is outside the worktree`);
  });

const EVERYBODY_READS = 0o004;

async function readOpened(
  real: string,
  path: string,
  range: ReadRange,
  check: (opened: string, mode: number) => void,
): Promise<string> {
  const handle = await openFile(real, path);
  try {
    const stat = await handle.stat();
    check(await openedPath(handle, real), stat.mode);
    if (!stat.isFile()) throw new FileRefused(`${path} is not a regular file`);
    if (stat.size > LARGEST) throw new FileRefused(`${path} is larger than ${LARGEST} bytes`);
    return cut(decode(await handle.readFile(), path), range);
  } finally {
    await handle.close();
  }
}

async function openFile(real: string, shown: string): Promise<FileHandle> {
  try {
    // Non-blocking: a FIFO would wait for a writer for ever.
    return await open(real, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    const code = errorCode(error);
    const missing = code === 'ENOENT' || code === 'ENOTDIR';
    throw new FileRefused(missing ? `${shown} does not exist` : `${shown} cannot be opened: ${code}`, { missing });
  }
}

const openedPath = (handle: FileHandle, path: string): Promise<string> =>
  process.platform === 'linux' ? readlink(`/proc/self/fd/${handle.fd}`) : realpath(path);

/** Strict, so that an agent never writes back a file whose bytes it could not see. */
function decode(bytes: Buffer, shown: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new FileRefused(`${shown} is not UTF-8 text`);
  }
}

function cut(text: string, range: ReadRange): string {
  if (range.line == null && range.limit == null) return text;
  const lines = text.split(/(?<=\n)/u);
  const from = Math.max((range.line ?? 1) - 1, 0);
  return lines.slice(from, range.limit == null ? undefined : from + Math.max(range.limit, 0)).join('');
}
