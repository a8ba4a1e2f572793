import { readFileSync } from 'node:fs';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { removeFolder } from './remove-folder.ts';
import { startOf } from './strays.ts';

/** The file in a temporary folder that names the process whose it is. */
const OWNER = 'owner';

const boot = (): string => {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim();
  } catch {
    return '';
  }
};

/** Says in a folder that it is this process's. */
export async function keepOwner(dir: string): Promise<void> {
  await writeFile(join(dir, OWNER), `${process.pid} ${await startOf(process.pid)} ${boot()}`, { mode: 0o600 });
}

/** Whether the process that a folder names lives. `unknown` where it names none, or the platform does not tell. */
async function ownerOf(dir: string): Promise<'alive' | 'dead' | 'unknown'> {
  const text = await readFile(join(dir, OWNER), 'latin1').catch(() => null);
  const [pid = '', started = '', booted = ''] = text?.split(' ') ?? [];
  if (started === '' || started === 'null') return 'unknown';
  if (booted !== boot()) return 'dead';
  return (await startOf(Number(pid))) === started ? 'alive' : 'dead';
}

/**
 * Removes what processes that are dead left in a folder of temporary folders, after `end` has ended what still runs there. One whose
 * owner is not known goes when it is older than `ageMs` (milliseconds). What cannot be removed stays. Returns the folders that went.
 */
export async function sweepOwned(
  parent: string,
  ageMs: number,
  end: (dir: string) => Promise<unknown>,
): Promise<readonly string[]> {
  const gone: string[] = [];
  for (const name of await readdir(parent).catch(() => [])) {
    const dir = join(parent, name);
    const owner = await ownerOf(dir);
    if (owner === 'alive' || (owner === 'unknown' && !(await isOlder(dir, ageMs)))) continue;
    await end(dir);
    await removeFolder(dir).then(
      () => gone.push(dir),
      () => undefined,
    );
  }
  return gone;
}

async function isOlder(path: string, ageMs: number): Promise<boolean> {
  const found = await stat(path).catch(() => null);
  return found !== null && Date.now() - found.mtimeMs > ageMs;
}
