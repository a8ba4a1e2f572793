import { hash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { BlobRef, Sha256 } from '../../domain/ids.ts';
import { syncDirectory } from '../directory/prepare.ts';
import { writeBlob } from './draft.ts';
import { blobPath } from './path.ts';

/** Stores bytes durably under their hash. Storing them again writes nothing. */
export async function putBlob(blobs: string, content: Uint8Array, truncated: boolean): Promise<BlobRef> {
  const sha256 = hash('sha256', content, 'hex');
  if (!(await isThere(blobs, sha256, content))) await writeBlob(blobs, (write) => write(content));
  return { sha256, bytes: content.length, truncated };
}

async function isThere(blobs: string, sha256: Sha256, content: Uint8Array): Promise<boolean> {
  const { folder, path } = blobPath(blobs, sha256);
  const stored = await readFile(path).catch(() => null);
  if (stored === null || !stored.equals(content)) return false;
  // Another process may have just given it its name and not yet made that durable.
  syncDirectory(folder);
  return true;
}
