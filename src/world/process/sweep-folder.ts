import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { removeFolder } from './remove-folder.ts';

/**
 * Removes what a process that was killed left in a folder of temporary things: what is older than `ageMs`
 * (milliseconds). What cannot be removed stays.
 */
export async function sweepFolder(parent: string, ageMs: number): Promise<void> {
  for (const name of await readdir(parent).catch(() => [])) {
    const path = join(parent, name);
    const found = await stat(path).catch(() => null);
    if (found !== null && Date.now() - found.mtimeMs > ageMs) await removeFolder(path).catch(() => undefined);
  }
}
