import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { lstat, open, realpath, rename, rm } from 'node:fs/promises';
import { openDirectory } from './directory.ts';
import { partsInside } from './inside.ts';
import { errorCode, FileRefused } from './refused.ts';

/**
 * Writes a text file for an agent: inside the worktree, never through a link, never in `.git` or `.omk`; whole
 * or not at all, keeping the mode of a file that is there. Throws `FileRefused`.
 */
export async function writeInside(worktree: string, path: string, content: string): Promise<void> {
  const parts = await partsInside(worktree, path, 'write');
  const name = parts.at(-1);
  if (name === undefined) throw new FileRefused(`${path} is the worktree itself`);
  const directory = await openDirectory(await realpath(worktree), parts.slice(0, -1));
  try {
    const mode = await replaceableMode(directory.at(name), path);
    await replace(directory.at, name, content, mode);
  } finally {
    await directory.close();
  }
}

async function replaceableMode(path: string, shown: string): Promise<number | null> {
  const found = await lstat(path).catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return null;
    throw error;
  });
  if (found === null) return null;
  if (found.isSymbolicLink()) throw new FileRefused(`${shown} is a link; links are not followed`);
  if (!found.isFile()) throw new FileRefused(`${shown} is not a regular file`);
  return found.mode & 0o777;
}

async function replace(
  at: (name: string) => string,
  name: string,
  content: string,
  mode: number | null,
): Promise<void> {
  const draft = at(`.omk-write-${randomBytes(8).toString('hex')}`);
  const handle = await open(
    draft,
    constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW,
    mode ?? 0o666,
  );
  try {
    await handle.writeFile(content, 'utf8');
    if (mode !== null) await handle.chmod(mode);
    await handle.close();
    await rename(draft, at(name));
  } catch (error) {
    await handle.close().catch(() => undefined);
    await rm(draft, { force: true });
    throw error;
  }
}
