import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Sha256 } from '../../domain/ids.ts';
import type { StoredBlob } from '../port.ts';
import { blobPath } from './path.ts';

export async function listBlobs(blobs: string): Promise<readonly StoredBlob[]> {
  const found: StoredBlob[] = [];
  for (const folder of (await readdir(blobs).catch(() => [])).filter((name) => /^[0-9a-f]{2}$/.test(name)))
    for (const name of await readdir(join(blobs, folder))) {
      const stats = await stat(join(blobs, folder, name)).catch(() => null);
      if (stats?.isFile() && /^[0-9a-f]{62}$/.test(name))
        found.push({ sha256: folder + name, bytes: stats.size, storedMs: stats.mtimeMs });
    }
  return found;
}

export const removeBlob = (blobs: string, sha256: Sha256): Promise<void> =>
  rm(blobPath(blobs, sha256).path, { force: true });
