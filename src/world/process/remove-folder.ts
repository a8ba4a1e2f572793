import { execFile } from 'node:child_process';
import { chmod, lstat, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Removes a folder with all that is in it, also where a gate or an agent took its own rights away; gone already is fine.
 * A process of its own does it: `fs.rm` takes this process 0.2 s for 2,000 files, which whoever waits would feel.
 */
export async function removeFolder(dir: string): Promise<void> {
  if (await removedByProgram(dir)) return;
  try {
    await rm(dir, { recursive: true, force: true, maxRetries: 3 });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && (error.code === 'EACCES' || error.code === 'EPERM')))
      throw error;
    await giveRightsBack(dir);
    await rm(dir, { recursive: true, force: true, maxRetries: 3 });
  }
}

const removedByProgram = (dir: string): Promise<boolean> =>
  new Promise((resolve) => {
    execFile('rm', ['-rf', '--', dir], { env: { PATH: '/usr/bin:/bin' }, cwd: '/' }, (error) =>
      resolve(error === null),
    );
  });

/** Never through links. */
async function giveRightsBack(dir: string): Promise<void> {
  const stat = await lstat(dir);
  if (!stat.isDirectory()) return;
  if ((stat.mode & 0o700) !== 0o700) await chmod(dir, 0o700);
  for (const entry of await readdir(dir, { withFileTypes: true }))
    if (entry.isDirectory()) await giveRightsBack(join(dir, entry.name));
}
