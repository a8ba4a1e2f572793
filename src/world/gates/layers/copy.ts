import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { lstat, mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { OmkError } from '../../../domain/error.ts';

/**
 * Copies a folder to `to`, sharing blocks where the file system can and never by hard links (trust rule T14): what is
 * written to the copy must not reach the layer. Does nothing when `to` exists; appears there whole.
 * `aside` is a folder on the same file system for what is not finished yet. `finish` changes the copy before it appears.
 */
export async function copyFolder(
  from: string,
  to: string,
  aside: string,
  path: string,
  finish: (dir: string) => Promise<void> = async () => undefined,
): Promise<void> {
  if (await exists(to)) return;
  const fresh = join(aside, `.copy-${randomUUID()}`);
  try {
    await copy(from, fresh, path);
    await finish(fresh);
    await mkdir(dirname(to), { recursive: true });
    await rename(fresh, to).catch(async (error: unknown) => {
      if (!(await exists(to))) throw error;
    });
  } finally {
    await rm(fresh, { recursive: true, force: true, maxRetries: 3 });
  }
}

const HOW: readonly string[] = process.platform === 'linux' ? ['-a', '--reflink=auto'] : ['-Rpc'];

function copy(from: string, to: string, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    execFile('cp', [...HOW, from, to], { env: { PATH: path, LC_ALL: 'C' }, cwd: '/' }, (error, _stdout, stderr) => {
      if (error === null) return resolve();
      const detail = stderr.trim().split('\n')[0] || error.message;
      return reject(
        new OmkError(
          'LAYER_NOT_COPIED',
          `The dependencies could not be copied for the agent: ${detail}.`,
          'Free space on that disk and run the same command again.',
          { exit: 6, cause: error },
        ),
      );
    });
  });
}

const exists = (path: string): Promise<boolean> =>
  lstat(path).then(
    () => true,
    () => false,
  );
