import { createHash, randomBytes } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Sha256 } from '../../domain/ids.ts';
import { existing, syncDirectory } from '../directory/prepare.ts';
import { named } from '../failures.ts';
import { blobPath } from './path.ts';

export interface Written {
  readonly sha256: Sha256;
  readonly bytes: number;
}

/**
 * Stores what `fill` writes. The bytes go to a draft beside the blobs, become durable, and only then get their name:
 * a blob that has its name is whole, whenever the process dies.
 */
export async function writeBlob(
  blobs: string,
  fill: (write: (chunk: Uint8Array) => Promise<void>) => Promise<void>,
): Promise<Written> {
  await mkdir(blobs, { recursive: true, mode: 0o700 }).catch(rethrow(blobs));
  const draft = join(blobs, `draft-${process.pid}-${randomBytes(8).toString('hex')}`);
  const file = await open(draft, 'wx', 0o600).catch(rethrow(blobs));
  try {
    const hash = createHash('sha256');
    let bytes = 0;
    try {
      await fill(async (chunk) => {
        hash.update(chunk);
        bytes += chunk.length;
        await file.appendFile(chunk).catch(rethrow(blobs));
      });
      await file.sync().catch(rethrow(blobs));
    } finally {
      await file.close();
    }
    const sha256 = hash.digest('hex');
    await publish(blobs, draft, sha256).catch(rethrow(blobs));
    return { sha256, bytes };
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

async function publish(blobs: string, draft: string, sha256: Sha256): Promise<void> {
  const { folder, path } = blobPath(blobs, sha256);
  if (existing(folder) === null) {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    syncDirectory(blobs);
  }
  // Over an older blob of the same name too: the same bytes, and a damaged one is mended.
  await rename(draft, path);
  syncDirectory(folder);
}

const rethrow =
  (path: string) =>
  (error: unknown): never => {
    throw named(error, path);
  };
