import { lstat, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Sandbox } from '../../../domain/gates/evidence.ts';
import type { RepoPath } from '../../../domain/ids.ts';
import type { Bind } from '../../sandbox/port.ts';
import { copyFolder } from '../layers/copy.ts';
import type { Layer } from '../port.ts';
import type { RunFolder } from './folder.ts';

/** Folders that tools write into although they lie in `node_modules`; each run gets its own. */
const SCRATCH = ['.cache', '.vite', '.vite-temp'];

/** Puts a dependency layer into a run: read-only binds in a sandbox, a copy without one, so that a gate cannot write to it (trust rule T14). */
export async function placeLayer(layer: Layer | null, folder: RunFolder, sandbox: Sandbox, path: string): Promise<readonly Bind[]> {
  if (layer === null) return [];
  const named = [...Object.values(layer.env), ...layer.pathPrefix];
  const binds: Bind[] = [];
  for (const { dir, mount } of placesOf(layer)) {
    if (sandbox.kind === 'none') {
      if (mount !== null) await copyFolder(dir, join(folder.checkout, mount), folder.dir, path);
      continue;
    }
    if (mount !== null) binds.push({ from: dir, to: `${folder.seen.checkout}/${mount}`, writable: false });
    if (mount !== null) binds.push(...(await scratchIn(dir, mount, folder)));
    // Also at its own path, where the PATH or a variable leads to.
    if (mount === null || named.some((value) => value.includes(dir))) binds.push({ from: dir, writable: false });
  }
  return binds;
}

/** Where in a checkout a layer stands: not the gate's doing. */
export const mountsOf = (layer: Layer | null): readonly RepoPath[] =>
  layer === null ? [] : placesOf(layer).flatMap(({ mount }) => (mount === null ? [] : [mount]));

const placesOf = (layer: Layer): readonly { readonly dir: string; readonly mount: RepoPath | null }[] => [layer, ...(layer.more ?? [])];

/** A folder can be shown only over one that exists: layers are built with those that are needed. */
async function scratchIn(dir: string, mount: RepoPath, folder: RunFolder): Promise<readonly Bind[]> {
  const binds: Bind[] = [];
  for (const name of SCRATCH) {
    const there = await lstat(join(dir, name)).then(
      (stat) => stat.isDirectory(),
      () => false,
    );
    if (!there) continue;
    const from = join(folder.dir, 'scratch', mount, name);
    await mkdir(from, { recursive: true, mode: 0o700 });
    binds.push({ from, to: `${folder.seen.checkout}/${mount}/${name}`, writable: true });
  }
  return binds;
}
