import { readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { RepoPath } from '../../../domain/ids.ts';
import { removeFolder } from '../../process/remove-folder.ts';
import type { Bind, Sandboxes } from '../../sandbox/port.ts';
import type { Layer, LayerPlace } from '../port.ts';
import { copyFolder } from './copy.ts';
import { renameCheckout } from './rename-checkout.ts';
import { relocate } from './relocate.ts';
import { CHECKOUT } from './step.ts';

type Seen = Pick<Layer, 'env' | 'pathPrefix'>;

/** What an agent is given of a layer, with the places where its sandbox shows it. */
export type ForAgent = Seen & { readonly binds: readonly Bind[] };

/** In the attempt's folder: the copies that were made for it. */
const COPIES = 'copies.json';

/**
 * A layer for the agent of a worktree. Where an overlay can be kept it is shown as it is, and only what the agent changes takes
 * room, in the attempt's folder; else the agent has a copy.
 */
export async function layerForAgent(
  layer: Layer,
  worktree: string,
  { sandboxes, path }: { readonly sandboxes: Sandboxes; readonly path: string },
): Promise<ForAgent> {
  const aside = dirname(worktree);
  const places = placesOf(layer);
  const overlays = await sandboxes.keepsOverlays(aside);
  const copied = places.filter(({ namesCheckout }) => !overlays || namesCheckout);
  const { copies, paths: _, ...seen } = await copyPlaces(layer, copied, worktree, path);
  await writeFile(join(aside, COPIES), JSON.stringify(copies), { mode: 0o600 });
  const binds = overlays ? shown(layer, worktree, aside) : [];
  return { ...seen, binds };
}

const placesOf = (layer: Layer): readonly LayerPlace[] => [layer, ...(layer.more ?? [])];

/** Removes the copies that an attempt has; what an agent wrote over a layer that it was shown stays. */
export async function takeBack(worktree: string): Promise<void> {
  const file = join(dirname(worktree), COPIES);
  const names: unknown = JSON.parse(await readFile(file, 'utf8').catch(() => '[]'));
  if (!Array.isArray(names)) return;
  for (const name of names) if (typeof name === 'string') await removeFolder(name);
}

function shown(layer: Layer, worktree: string, aside: string): readonly Bind[] {
  const named = [...Object.values(layer.env), ...layer.pathPrefix];
  return placesOf(layer).flatMap(({ dir, mount, namesCheckout }, index): readonly Bind[] => {
    if (namesCheckout) return [];
    const over = { from: dir, writable: false, overlay: { in: join(aside, 'written', `${index}`) } } as const;
    if (mount === null) return [over];
    const inTree: Bind = { ...over, to: join(worktree, mount) };
    // Also at its own path, where the PATH or a variable leads to.
    return named.some((value) => value.includes(dir)) ? [inTree, { from: dir, writable: false }] : [inTree];
  });
}

type Copied = Seen & { readonly paths: readonly RepoPath[]; readonly copies: readonly string[] };

/**
 * An agent's own copy: dependencies in its worktree, a virtual environment in its scratch folder beside it. Kept
 * when it is there already.
 */
export const copyLayer = (layer: Layer, worktree: string, path: string): Promise<Copied> =>
  copyPlaces(layer, placesOf(layer), worktree, path);

async function copyPlaces(
  layer: Layer,
  places: readonly LayerPlace[],
  worktree: string,
  path: string,
): Promise<Copied> {
  const aside = dirname(worktree);
  const paths: RepoPath[] = [];
  const copies: string[] = [];
  let copied: Seen = layer;
  for (const { dir, mount, fixed, namesCheckout } of places) {
    const to = mount === null ? join(aside, 'scratch', basename(dir)) : join(worktree, mount);
    copies.push(to);
    if (mount !== null) {
      await copyFolder(dir, to, aside, path);
      paths.push(mount);
      continue;
    }
    await copyFolder(dir, to, aside, path, async (fresh) => {
      if (namesCheckout) await renameCheckout(fresh, CHECKOUT, worktree);
      else if (fixed === undefined) await relocate(fresh, dir, to);
    });
    copied = moved(copied, dir, to);
  }
  return { paths, copies, env: copied.env, pathPrefix: copied.pathPrefix };
}

export const moved = ({ env, pathPrefix }: Seen, from: string, to: string): Seen => ({
  env: envMoved(env, from, to),
  pathPrefix: pathPrefix.map((each) => each.replaceAll(from, to)),
});

export const envMoved = (env: Readonly<Record<string, string>>, from: string, to: string): Record<string, string> =>
  Object.fromEntries(Object.entries(env).map(([name, value]) => [name, value.replaceAll(from, to)]));
