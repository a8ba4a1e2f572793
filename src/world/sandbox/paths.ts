import { realpathSync, statSync } from 'node:fs';
import { sep } from 'node:path';

/** Whether `path` is `folder` or lies in it. Both absolute and normalised. */
export const isWithin = (path: string, folder: string): boolean =>
  path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);

/** The path with all links resolved, or null when there is nothing. */
export function realPath(path: string): string | null {
  try {
    return realpathSync.native(path);
  } catch {
    return null;
  }
}

/** What a path leads to; null when it leads nowhere that this user can see. */
export function kindOf(path: string): 'directory' | 'file' | null {
  try {
    const found = statSync(path, { throwIfNoEntry: false });
    if (found === undefined) return null;
    return found.isDirectory() ? 'directory' : 'file';
  } catch {
    return null;
  }
}
