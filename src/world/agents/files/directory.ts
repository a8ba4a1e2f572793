import { constants } from 'node:fs';
import { lstat, mkdir, open, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode, FileRefused } from './refused.ts';

/**
 * An open directory and a path that names things in it. On Linux that path goes through the open descriptor, so
 * that an agent swapping a directory for a link meanwhile cannot move what is written.
 */
export interface OpenDirectory {
  readonly at: (name: string) => string;
  close(): Promise<void>;
}

const DIRECTORY = constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW;

/** Opens `root` and walks down `parts`, making what is missing, following no link. */
export async function openDirectory(root: string, parts: readonly string[]): Promise<OpenDirectory> {
  let path = root;
  let handle = await open(path, constants.O_RDONLY | constants.O_DIRECTORY);
  const here = (name: string): string =>
    process.platform === 'linux' ? `/proc/self/fd/${handle.fd}/${name}` : join(path, name);
  for (const part of parts) {
    try {
      const next = await enter(here(part), join(path, part));
      await handle.close();
      handle = next;
      path = join(path, part);
    } catch (error) {
      await handle.close();
      throw error;
    }
  }
  return { at: here, close: () => handle.close() };
}

async function enter(path: string, shown: string): Promise<FileHandle> {
  try {
    await mkdir(path);
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
  }
  try {
    return await open(path, DIRECTORY);
  } catch (error) {
    const found = await lstat(path).catch(() => null);
    if (found?.isSymbolicLink() === true) throw new FileRefused(`${shown} is a link; links are not followed`);
    if (errorCode(error) === 'ENOTDIR') throw new FileRefused(`${shown} is not a directory`);
    throw error;
  }
}
