import { lstat, mkdir, opendir, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import type { Trust } from './plan.ts';

/** Above this, what a package manager keeps is thrown away before it is asked again: it can be had again. */
const LIMIT = 4 * 1024 ** 3;
/** Another install may be reading what was touched since then. */
const IN_USE_MS = 15 * 60_000;

/** The folder in which a package manager keeps what it fetched, for all repositories. */
export async function downloadsFor(
  stateDir: string,
  manager: string,
  trust: Trust,
  { limit = LIMIT, now = Date.now() }: { readonly limit?: number; readonly now?: number } = {},
): Promise<string> {
  const folder = join(stateDir, 'downloads', `${manager}-${trust}`);
  const used = (await stat(folder).catch(() => null))?.mtimeMs ?? now;
  if (now - used > IN_USE_MS && (await holdsMore(folder, limit)))
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  await mkdir(folder, { recursive: true, mode: 0o700 });
  // What is used is not collected.
  await utimes(folder, new Date(now), new Date(now));
  return folder;
}

/** Whether the files below a folder take more than `limit` bytes of disk; a file with several names counts for each. */
async function holdsMore(folder: string, limit: number): Promise<boolean> {
  let bytes = 0;
  const open = [folder];
  for (let dir = open.pop(); dir !== undefined; dir = open.pop())
    for await (const entry of await opendir(dir)) {
      const path = join(dir, entry.name);
      if (entry.isDirectory()) open.push(path);
      else bytes += (await lstat(path)).blocks * 512;
      if (bytes > limit) return true;
    }
  return false;
}
