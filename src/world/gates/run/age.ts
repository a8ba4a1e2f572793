import { lutimes, open } from 'node:fs/promises';
import type { TreeId } from '../../../domain/ids.ts';
import type { Vault } from '../../git/port.ts';
import { repoFile } from '../../process/repo-file.ts';

/** Later than what a zip file can say; text is younger, as what is made is made from it. */
const LONG_AGO = { binary: new Date('2000-01-01'), text: new Date('2000-01-02') } as const;
const LOOKED_AT = 8192;

/**
 * Lets what the base does not have look older than all that it has. Tools that go by time (make, cargo, Maven,
 * MSBuild, `tsc -b`) would take a
 * file for made from its sources because the candidate brought it along.
 */
export async function ageAdditions(
  vault: Pick<Vault, 'diff'>,
  base: TreeId,
  tree: TreeId,
  checkout: string,
): Promise<void> {
  if (tree === base) return;
  for (const { path, change, newMode } of await vault.diff(base, tree)) {
    if (change !== 'added' || newMode === '160000') continue;
    const file = repoFile(checkout, path);
    const time = newMode !== '120000' && (await isBinary(file)) ? LONG_AGO.binary : LONG_AGO.text;
    await lutimes(file, time, time);
  }
}

async function isBinary(file: string | Buffer): Promise<boolean> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(LOOKED_AT), 0, LOOKED_AT, 0);
    return buffer.subarray(0, bytesRead).includes(0);
  } finally {
    await handle.close();
  }
}
