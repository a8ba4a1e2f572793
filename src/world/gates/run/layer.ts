import { mkdir, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Sandbox } from '../../../domain/gates/evidence.ts';
import type { Bind } from '../../sandbox/port.ts';
import type { Layer } from '../port.ts';
import type { RunFolder } from './folder.ts';

/** Folders that tools write into although they lie in `node_modules`; each run gets its own. */
const SCRATCH = ['.cache', '.vite', '.vite-temp'];

/** Puts a dependency layer into a run: read-only binds in a sandbox, a link without one (trust rule T14). */
export async function placeLayer(layer: Layer | null, folder: RunFolder, sandbox: Sandbox): Promise<readonly Bind[]> {
  if (layer === null) return [];
  const own: Bind = { from: layer.dir, writable: false };
  if (sandbox.kind === 'none') {
    if (layer.mount !== null) await link(layer.dir, join(folder.checkout, layer.mount));
    return [];
  }
  const named = [...Object.values(layer.env), ...layer.pathPrefix].some((value) => value.includes(layer.dir));
  if (layer.mount === null) return [own];
  const to = `${folder.seen.checkout}/${layer.mount}`;
  const scratch: Bind[] = [];
  for (const name of layer.kind === 'npm' ? SCRATCH : []) {
    // A folder can be shown only over one that exists, and the layer will be read-only: it gets empty ones.
    await mkdir(join(layer.dir, name), { recursive: true });
    const from = join(folder.dir, 'scratch', name);
    await mkdir(from, { recursive: true, mode: 0o700 });
    scratch.push({ from, to: `${to}/${name}`, writable: true });
  }
  return [{ from: layer.dir, to, writable: false }, ...scratch, ...(named ? [own] : [])];
}

async function link(target: string, path: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await symlink(target, path, 'dir').catch((error: NodeJS.ErrnoException) => {
    // What the tree itself has there is the tree's business.
    if (error.code !== 'EEXIST') throw error;
  });
}
