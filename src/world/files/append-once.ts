import { appendFile, constants, mkdir, open, readFile, rmdir, unlink, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Appends those lines that the file does not have yet, in one write; a new file is readable by its owner only (0600).
 * Returns why it could not, in words of the system, or null.
 */
export async function appendOnce(path: string, lines: readonly string[]): Promise<string | null> {
  try {
    const before = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return '';
      throw error;
    });
    const there = new Set(before.split('\n'));
    const missing = lines.filter((line) => !there.has(line));
    if (missing.length === 0) return null;
    await makeAbove(path);
    const start = before === '' || before.endsWith('\n') ? '' : '\n';
    await appendFile(path, `${start}${missing.map((line) => `${line}\n`).join('')}`, { mode: 0o600 });
    return null;
  } catch (error) {
    return wordsOf(error);
  }
}

/** Why nothing could be appended to a file, in words of the system, or null. Leaves nothing behind that was not there. */
export async function tryAppend(path: string): Promise<string | null> {
  try {
    const made = await makeAbove(path);
    try {
      await (await open(path, constants.O_WRONLY | constants.O_APPEND)).close();
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
      await writeFile(path, '', { flag: 'ax', mode: 0o600 });
      await unlink(path);
    } finally {
      if (made) await rmdir(dirname(path)).catch(() => undefined);
    }
    return null;
  } catch (error) {
    return wordsOf(error);
  }
}

/** One folder, not `recursive`, which never ends below /proc. Returns whether it was made. */
const makeAbove = (path: string): Promise<boolean> =>
  mkdir(dirname(path)).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
      return false;
    },
  );

function wordsOf(error: unknown): string {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.message;
  throw error;
}
