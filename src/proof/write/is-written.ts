import { isRecord } from '../../domain/record.ts';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { LogLine } from '../../store/port.ts';
import { parseJson } from '../format/json.ts';
import { INDEX } from '../format/names.ts';

/**
 * Whether a folder holds a bundle of this end with every file that its index names, and no other. The index is written
 * last, so a bundle that was cut off is not there; what the files hold, and whether it is another goal's, is for `omk verify`.
 * The disk's errors are passed on.
 */
export async function isWritten(folder: string, lines: readonly LogLine[]): Promise<boolean> {
  const index = parseJson((await textAt(folder, INDEX)) ?? '');
  if (!isRecord(index) || !Array.isArray(index['files'])) return false;
  const [first] = lines;
  const own = first?.event.type === 'goal.created' && index['goal'] === first.event.data.goal;
  if (own && index['endedAt'] !== lines.at(-1)?.event.ts) return false;
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  const names = found
    .filter((each) => !each.isDirectory())
    .map((each) => join(each.parentPath, each.name).slice(folder.length + 1));
  const named: readonly unknown[] = index['files'];
  return names.length === named.length + 1 && named.every((each) => typeof each === 'string' && names.includes(each));
}

const textAt = (folder: string, name: string): Promise<string | null> =>
  readFile(join(folder, name), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null;
    throw error;
  });
