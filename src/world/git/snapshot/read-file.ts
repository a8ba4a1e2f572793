import { createHash } from 'node:crypto';
import { chmodSync, closeSync, constants, fstatSync, lstatSync, openSync, readSync, readlinkSync } from 'node:fs';
import type { ObjectFormat } from '../objects/id.ts';
import { objectId } from '../objects/id.ts';
import type { RawEntry } from '../objects/tree.ts';
import type { RawPath } from '../../../domain/git/path-bytes.ts';
import type { WalkedFile } from './walk.ts';
import { pathBelow, unreadable } from './walk.ts';

export interface ReadFile {
  readonly mode: RawEntry['mode'];
  readonly size: number;
  /** Null when the file is larger than was asked for. */
  readonly id: string | null;
  /** Where a link points, by its bytes. */
  readonly target: RawPath | null;
}

/** A file that went away or became something else while it was read. */
export class ChangedMeanwhile extends Error {
  constructor(path: RawPath) {
    super(`changed while it was read: ${path}`);
    this.name = 'ChangedMeanwhile';
  }
}

const CHUNK = Buffer.allocUnsafe(1024 * 1024);

/** Not through links, not waiting for a FIFO that took the file's place. */
function open(root: string, path: RawPath): number {
  const at = pathBelow(root, path);
  const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
  try {
    return openSync(at, flags);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : '';
    if (code === 'ENOENT' || code === 'ELOOP' || code === 'ENXIO' || code === 'ENOTDIR')
      throw new ChangedMeanwhile(path);
    if (code !== 'EACCES') throw error;
  }
  try {
    chmodSync(at, lstatSync(at).mode | 0o600);
    return openSync(at, flags);
  } catch (cause) {
    throw unreadable(path, cause);
  }
}

/** Size, mode and git's name of the bytes of one file, exactly as they are on disk. */
export function readFile(root: string, { path, kind }: WalkedFile, format: ObjectFormat, maxBytes: number): ReadFile {
  if (kind === 'link') {
    const target = readlinkSync(pathBelow(root, path), 'buffer');
    return {
      mode: '120000',
      size: target.length,
      id: objectId(format, 'blob', target),
      target: target.toString('latin1'),
    };
  }
  const file = open(root, path);
  try {
    const stat = fstatSync(file);
    if (!stat.isFile()) throw new ChangedMeanwhile(path);
    const mode = (stat.mode & 0o100) === 0 ? '100644' : '100755';
    if (stat.size > maxBytes) return { mode, size: stat.size, id: null, target: null };
    const hash = createHash(format).update(`blob ${stat.size}\0`);
    let left = stat.size;
    for (let got = readSync(file, CHUNK); got > 0; got = readSync(file, CHUNK)) {
      left -= got;
      if (left < 0) break;
      hash.update(CHUNK.subarray(0, got));
    }
    if (left !== 0) throw new ChangedMeanwhile(path);
    return { mode, size: stat.size, id: hash.digest('hex'), target: null };
  } finally {
    closeSync(file);
  }
}

/** The bytes that `readFile` named; `ChangedMeanwhile` when they are others by now. */
export function readContent(root: string, walked: WalkedFile, format: ObjectFormat, id: string): Buffer {
  const { path, kind } = walked;
  if (kind === 'link') {
    const target = readlinkSync(pathBelow(root, path), 'buffer');
    if (objectId(format, 'blob', target) !== id) throw new ChangedMeanwhile(path);
    return target;
  }
  const file = open(root, path);
  try {
    const content = Buffer.allocUnsafe(fstatSync(file).size);
    let at = 0;
    while (at < content.length) {
      const got = readSync(file, content, at, content.length - at, null);
      if (got === 0) break;
      at += got;
    }
    if (at !== content.length || objectId(format, 'blob', content) !== id) throw new ChangedMeanwhile(path);
    return content;
  } finally {
    closeSync(file);
  }
}
