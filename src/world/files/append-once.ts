import { appendFile, mkdir, readFile } from 'node:fs/promises';
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
    // One folder, not `recursive`, which never ends below /proc.
    await mkdir(dirname(path)).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
    const start = before === '' || before.endsWith('\n') ? '' : '\n';
    await appendFile(path, `${start}${missing.map((line) => `${line}\n`).join('')}`, { mode: 0o600 });
    return null;
  } catch (error) {
    if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.message;
    throw error;
  }
}
