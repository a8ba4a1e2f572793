import { readdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';

const BY_THE_WAY = /(?:^|\/)(?:build|dist|\.eggs|__pycache__|[^/]+\.egg-info|\.git)(?:\/|$)/;
const WANTED = /\.(?:so|pyd|dylib|py|pyi|json|txt)$/;

/** Files that a build wrote beside the sources, where they are imported from: extension modules, a module with the version. */
export async function generatedIn(checkout: string, tracked: ReadonlySet<string>): Promise<readonly string[]> {
  const found = await readdir(checkout, { recursive: true, withFileTypes: true });
  return found
    .filter((entry) => entry.isFile())
    .map((entry) => relative(checkout, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((path) => WANTED.test(path) && !BY_THE_WAY.test(path) && !tracked.has(path))
    .sort();
}
