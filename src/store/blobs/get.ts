import { hash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Sha256 } from '../../domain/ids.ts';
import { corrupt, named } from '../failures.ts';
import { blobPath } from './path.ts';

/** A blob's bytes, null when it is not there. `STORE_CORRUPT` when they are not those of its name. */
export async function getBlob(blobs: string, sha256: Sha256): Promise<Uint8Array | null> {
  const { path } = blobPath(blobs, sha256);
  let content: Uint8Array;
  try {
    content = await readFile(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw named(error, path);
  }
  if (hash('sha256', content, 'hex') !== sha256) throw corrupt(`blob ${sha256}`, 'its content does not match its name');
  return content;
}
