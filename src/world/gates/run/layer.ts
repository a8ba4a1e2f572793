import { lstat, mkdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Sandbox } from '../../../domain/gates/evidence.ts';
import type { RepoPath } from '../../../domain/ids.ts';
import type { Bind } from '../../sandbox/port.ts';
import { copyFolder } from '../layers/copy.ts';
import { moved } from '../layers/for-agent.ts';
import { renameCheckout } from '../layers/rename-checkout.ts';
import type { Layer, LayerPlace } from '../port.ts';
import { CHECKOUT } from './folder.ts';
import type { Over } from './layer-writes.ts';

/** Folders that tools write into although they lie in `node_modules`; each run gets its own. */
const SCRATCH = ['.cache', '.vite', '.vite-temp'];

/** Where a run has its checkout, where it sees it, and a folder for what is its own. */
interface At {
  readonly dir: string;
  readonly checkout: string;
  readonly seen: { readonly checkout: string };
}

/** A layer as one run sees it. */
export interface Placed {
  readonly binds: readonly Bind[];
  readonly env: Readonly<Record<string, string>>;
  readonly pathPrefix: readonly string[];
  /** Where what a run writes to it can be seen afterwards. */
  readonly over: readonly Over[];
}

/**
 * Puts a dependency layer into a run: in a sandbox read-only, or under an overlay that dies with the gate where
 * tools expect to write; without one a copy. So no gate can write to it (trust rule T14).
 */
export async function placeLayer(
  layer: Layer | null,
  folder: At,
  sandbox: Sandbox,
  path: string,
  /** Whether what is written over a folder can be kept here. */
  keeps = false,
): Promise<Placed> {
  if (layer === null) return { binds: [], env: {}, pathPrefix: [], over: [] };
  const over: Over[] = [];
  let seen: Pick<Layer, 'env' | 'pathPrefix'> = {
    env: { ...layer.env, ...layer.offline },
    pathPrefix: layer.pathPrefix,
  };
  const named = [...Object.values(seen.env), ...seen.pathPrefix];
  const lead = (from: string, to: string): void => {
    seen = moved(seen, from, to);
  };
  const binds: Bind[] = [];
  for (const { dir, mount, fixed, writable, namesCheckout } of placesOf(layer)) {
    if (writable && fixed !== undefined && sandbox.kind !== 'none') {
      const copy = join(folder.dir, 'deps', basename(dir));
      await copyFolder(dir, copy, folder.dir, path);
      binds.push({ from: copy, to: fixed, writable: true });
      lead(dir, fixed);
      continue;
    }
    if (sandbox.kind === 'none' || writable) {
      const beside = fixed === undefined ? null : join(folder.dir, 'deps', basename(dir));
      const copy = mount === null ? beside : join(folder.checkout, mount);
      if (copy !== null)
        await copyFolder(dir, copy, folder.dir, path, async (fresh) =>
          namesCheckout && mount === null ? renameCheckout(fresh, CHECKOUT, folder.checkout) : undefined,
        );
      if (copy !== null && mount === null) lead(dir, copy);
      continue;
    }
    if (fixed !== undefined) {
      binds.push({ from: dir, to: fixed, writable: false });
      lead(dir, fixed);
      continue;
    }
    if (mount !== null) {
      const kept = join(folder.dir, 'over', String(over.length));
      if (keeps) over.push({ dir, mount, up: join(kept, 'up') });
      const overlay = keeps ? { in: kept } : true;
      binds.push({ from: dir, to: `${folder.seen.checkout}/${mount}`, writable: false, overlay });
    }
    if (mount !== null) binds.push(...(await scratchIn(dir, mount, folder)));
    // Also at its own path, where the PATH or a variable leads to.
    if (mount === null || named.some((value) => value.includes(dir))) binds.push({ from: dir, writable: false });
  }
  return { binds, ...seen, over };
}

/** Where in a checkout a layer stands: not the gate's doing. */
export const mountsOf = (layer: Layer | null): readonly RepoPath[] =>
  layer === null ? [] : placesOf(layer).flatMap(({ mount }) => (mount === null ? [] : [mount]));

const placesOf = (layer: Layer): readonly LayerPlace[] => [layer, ...(layer.more ?? [])];

/** A folder can be shown only over one that exists: layers are built with those that are needed. */
async function scratchIn(dir: string, mount: RepoPath, folder: At): Promise<readonly Bind[]> {
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
