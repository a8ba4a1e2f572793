import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import type { BlobRef } from '../../domain/ids.ts';
import { notAFile } from '../failures.ts';
import { writeBlob } from './draft.ts';

/** Longest file stored whole when the caller names no cap, in bytes. */
const DEFAULT_CAP = 16 * 1024 * 1024;
const CHUNK = 256 * 1024;

/**
 * Stores a file in pieces, without holding it in memory. Over `cap` bytes only its head and tail are kept, with a line between.
 * Throws `STORE_NOT_A_FILE` for a link, a pipe, a directory, or what cannot be read: a gate may have put anything at the path.
 */
export async function putFile(blobs: string, path: string, cap = DEFAULT_CAP): Promise<BlobRef> {
  const file = await openRegular(path);
  try {
    const { size } = await file.stat();
    const cut = cutOf(size, cap);
    const written = await writeBlob(blobs, async (write) => {
      await copy(file, 0, cut.head, write);
      if (cut.truncated) await write(cut.between);
      await copy(file, size - cut.tail, cut.tail, write);
    });
    return { ...written, truncated: cut.truncated };
  } finally {
    await file.close();
  }
}

interface Cut {
  readonly truncated: boolean;
  readonly head: number;
  readonly between: Uint8Array;
  readonly tail: number;
}

function cutOf(size: number, cap: number): Cut {
  if (size <= cap) return { truncated: false, head: size, between: new Uint8Array(), tail: 0 };
  const keep = Math.max(0, cap - note(size).length);
  const head = Math.ceil(keep / 2);
  return { truncated: true, head, between: note(size - keep), tail: keep - head };
}

const note = (bytes: number): Uint8Array => Buffer.from(`\n[omk: ${bytes} bytes left out here]\n`);

// Not through a link, and without waiting for the other end of a pipe.
async function openRegular(path: string): Promise<FileHandle> {
  const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
  const file = await open(path, flags).catch((cause: unknown) => {
    throw notAFile(path, cause instanceof Error ? cause.message : 'it cannot be opened', cause);
  });
  if ((await file.stat()).isFile()) return file;
  await file.close();
  throw notAFile(path, 'it is not a regular file');
}

async function copy(
  file: FileHandle,
  from: number,
  length: number,
  write: (chunk: Uint8Array) => Promise<void>,
): Promise<void> {
  const buffer = Buffer.alloc(Math.min(CHUNK, length));
  for (let done = 0; done < length;) {
    const { bytesRead } = await file.read(buffer, 0, Math.min(buffer.length, length - done), from + done);
    // The file became shorter meanwhile; the blob is what was read.
    if (bytesRead === 0) return;
    await write(buffer.subarray(0, bytesRead));
    done += bytesRead;
  }
}
