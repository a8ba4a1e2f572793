import { closeSync, constants, fstatSync, openSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { OmkError } from '../../domain/error.ts';
import { CASSETTE } from '../format/names.ts';
import { LIMITS, type BundleReader } from './limits.ts';

/**
 * A bundle in a folder: its files and those of its direct sub-folders, but not the cassette. Links, pipes and deeper folders are listed
 * so that they are refused, never followed. `OmkError` `BUNDLE_NOT_FOUND`.
 */
export function readFolder(dir: string): BundleReader {
  const names: string[] = [];
  for (const entry of list(dir, dir)) {
    if (entry.isDirectory() && entry.name === CASSETTE) continue;
    if (!entry.isDirectory()) names.push(entry.name);
    else
      names.push(
        ...list(join(dir, entry.name), dir).map(
          (inner) => `${entry.name}/${inner.name}${inner.isDirectory() ? '/' : ''}`,
        ),
      );
  }
  return { names, read: (name) => (names.includes(name) ? readFile(join(dir, name)) : null) };
}

function list(dir: string, root: string) {
  try {
    return readdirSync(dir, { withFileTypes: true });
  } catch (cause) {
    throw new OmkError(
      'BUNDLE_NOT_FOUND',
      `${root} is not a folder with a proof.`,
      'Name the folder that holds terminal.dsse.json.',
      { cause },
    );
  }
}

function readFile(path: string): Uint8Array | null {
  let file: number;
  try {
    // Not blocking, so that opening a pipe returns.
    file = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch {
    return null;
  }
  try {
    const stat = fstatSync(file);
    if (!stat.isFile()) return null;
    if (stat.size > LIMITS.file)
      throw new OmkError('E_TOO_LARGE', `${path} is over the limit.`, 'Verify the bundle its writer made.');
    return readFileSync(file);
  } finally {
    closeSync(file);
  }
}
