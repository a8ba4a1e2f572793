import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { RepoPath } from '../../../domain/ids.ts';

/** A folder of a layer whose writes of this run are kept: where the layer is, where a checkout has it, where what was written lies. */
export interface Over {
  readonly dir: string;
  readonly mount: RepoPath;
  readonly up: string;
}

/** Folders in which tools keep what they make, among what is installed. */
const OF_TOOLS = /^\.(?!bin\/|pnpm\/)/;
const CODE = /\.(?:[cm]?[jt]sx?|json|node|wasm)$/;

/** What a run wrote to installed packages: files that were changed or taken away, whatever they hold now, and new code. */
export async function layerWrites(overs: readonly Over[]): Promise<readonly RepoPath[]> {
  const found = await Promise.all(
    overs.map(async ({ dir, mount, up }) => {
      const entries = await readdir(up, { recursive: true, withFileTypes: true }).catch(() => []);
      return entries
        .filter((entry) => !entry.isDirectory())
        .map((entry) => relative(up, join(entry.parentPath, entry.name)))
        .filter((path) => !OF_TOOLS.test(path) && (CODE.test(path) || existsSync(join(dir, path))))
        .map((path) => `${mount}/${path}`);
    }),
  );
  return found.flat().sort();
}
