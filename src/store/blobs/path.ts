import { join } from 'node:path';
import type { Sha256 } from '../../domain/ids.ts';

/**
 * Where a blob lies: the first two digits are a folder. Throws `TypeError` for a name that is not a hash, so
 * that no path can be made of one.
 */
export function blobPath(blobs: string, sha256: Sha256): { readonly folder: string; readonly path: string } {
  if (!/^[0-9a-f]{64}$/.test(sha256)) throw new TypeError(`not a sha256: ${JSON.stringify(sha256)}`);
  const folder = join(blobs, sha256.slice(0, 2));
  return { folder, path: join(folder, sha256.slice(2)) };
}
