import { basename, dirname, join } from 'node:path';
import { canonical } from '../../../domain/canonical.ts';
import type { RepoPath, TreeId } from '../../../domain/ids.ts';
import type { Vault } from '../../git/port.ts';
import { gatePath } from '../../sandbox/environment.ts';
import type { Sandboxes } from '../../sandbox/port.ts';
import type { Layer, LayerPlace, LayerResult } from '../port.ts';
import { copyFolder } from './copy.ts';
import { sha256 } from './listing.ts';
import { fixedPlace } from './plan.ts';
import { prepareParts, type Part, type Workshop } from './prepare.ts';
import { relocate } from './relocate.ts';
import { openShelf, type Shelf } from './shelf.ts';
import { versionsOf } from './versions.ts';

interface Layers {
  /** Builds what a tree's manifests declare, once for each content. `base` is the tree itself or what it is a candidate for. A failure of the installation is a result, not an error. */
  prepare(vault: Vault, tree: TreeId, base: TreeId): Promise<LayerResult>;
  /** Whether a layer is still what was built (trust rule T14). */
  recheck(layer: Layer): Promise<boolean>;
  /** An agent's own copy: dependencies in its worktree, a virtual environment in its scratch folder beside it. Kept when it is there already. */
  copyFor(
    layer: Layer,
    worktree: string,
  ): Promise<{
    readonly paths: readonly RepoPath[];
    readonly env: Readonly<Record<string, string>>;
    readonly pathPrefix: readonly string[];
  }>;
}

/** The dependency layers of a state directory. `env` is the user's: its package configuration is used for base layers. */
export function openLayers(options: {
  readonly stateDir: string;
  readonly sandboxes: Sandboxes;
  readonly env: NodeJS.ProcessEnv;
}): Layers {
  const { stateDir, sandboxes, env } = options;
  const path = gatePath(env);
  let opening: Promise<Shelf> | null = null;
  const shelf = (): Promise<Shelf> => (opening ??= openShelf(stateDir));
  const workshop: Workshop = {
    stateDir,
    sandboxes,
    env,
    path,
    shelf,
    versions: versionsOf(sandboxes, path),
    programs: [],
  };
  const prepared = new Map<string, Promise<LayerResult>>();
  const partsOf = new Map<string, readonly Part[]>();

  const make = async (vault: Vault, tree: TreeId, base: TreeId): Promise<LayerResult> => {
    const made = await prepareParts(workshop, { vault, tree, base });
    if (made.kind !== 'parts') return made;
    const layer = layerOf(made.parts);
    partsOf.set(layer.digest, made.parts);
    return { kind: 'layer', layer };
  };
  const recheck = async (layer: Layer): Promise<boolean> => {
    const parts = partsOf.get(layer.digest) ?? [];
    const intact = await Promise.all(
      parts.map(async ({ shelved }) => (await shelf()).intact(shelved.dir, shelved.digest)),
    );
    return parts.length > 0 && !intact.includes(false);
  };
  return {
    recheck,
    async prepare(vault, tree, base) {
      const name = canonical([vault.dir, tree, base]);
      const start = (): Promise<LayerResult> => {
        const making = make(vault, tree, base);
        prepared.set(name, making);
        making.catch(() => prepared.delete(name));
        return making;
      };
      const known = prepared.get(name);
      if (known === undefined) return start();
      const result = await known;
      // In a sandbox nothing that is judged can write to a layer; without one it is looked at before each use.
      if (result.kind !== 'layer' || (await sandboxes.detect()).kind !== 'none' || (await recheck(result.layer)))
        return result;
      return start();
    },
    async copyFor(layer, worktree) {
      const aside = dirname(worktree);
      const paths: RepoPath[] = [];
      let copied: Pick<Layer, 'env' | 'pathPrefix'> = layer;
      for (const { dir, mount, fixed } of [layer, ...(layer.more ?? [])]) {
        if (mount !== null) {
          await copyFolder(dir, join(worktree, mount), aside, path);
          paths.push(mount);
          continue;
        }
        const to = join(aside, 'scratch', basename(dir));
        await copyFolder(dir, to, aside, path, async (fresh) =>
          fixed === undefined ? relocate(fresh, dir, to) : undefined,
        );
        copied = moved(copied, dir, to);
      }
      return { paths, env: copied.env, pathPrefix: copied.pathPrefix };
    },
  };
}

const moved = (
  { env, pathPrefix }: Pick<Layer, 'env' | 'pathPrefix'>,
  from: string,
  to: string,
): Pick<Layer, 'env' | 'pathPrefix'> => ({
  env: envMoved(env, from, to),
  pathPrefix: pathPrefix.map((each) => each.replaceAll(from, to)),
});

const envMoved = (env: Readonly<Record<string, string>>, from: string, to: string): Record<string, string> =>
  Object.fromEntries(Object.entries(env).map(([name, value]) => [name, value.replaceAll(from, to)]));

/** One layer for the parts: the first has the port's place, the others and nested folders are `more`. */
function layerOf(parts: readonly Part[]): Layer {
  const places = parts.flatMap(({ shape: { place, folder, writable }, shelved }): readonly LayerPlace[] => {
    const dir = join(shelved.dir, 'content', folder);
    const copied = writable === undefined ? {} : { writable };
    const nested = shelved.nested.map((path) => ({
      dir: join(shelved.dir, 'content', 'nested', path),
      mount: path,
      ...copied,
    }));
    const fixed = { fixed: fixedPlace(folder), ...(place === 'home' ? { writable: true as const } : {}) };
    return [
      { dir, mount: place === 'tree' ? folder : null, ...(place === 'fixed' || place === 'home' ? fixed : copied) },
      ...nested,
    ];
  });
  const [first, ...more] = places;
  const [part] = parts;
  if (first === undefined || part === undefined) throw new TypeError('a layer has at least one part');
  const [only, second] = parts.map(({ shelved }) => shelved.digest);
  const filled = parts.map(({ shape, shelved }) => {
    const dir = join(shelved.dir, 'content', shape.folder);
    return { ...moved(shape, '$DIR', dir), offline: envMoved(shape.offline ?? {}, '$DIR', dir) };
  });
  const locks = parts.flatMap(({ lock }) => lock ?? []);
  return {
    ...first,
    more,
    kind: parts
      .map(({ shape: { manager }, lock }) => `${manager}${lock ? ` (${lock.path} made by omk)` : ''}`)
      .join(' and '),
    ...(locks.length === 0 ? {} : { locks }),
    digest:
      only !== undefined && second === undefined ? only : sha256(canonical(parts.map(({ shelved }) => shelved.digest))),
    env: Object.assign({}, ...filled.map(({ env }) => env)),
    offline: Object.assign({}, ...filled.map(({ offline }) => offline)),
    pathPrefix: filled.flatMap(({ pathPrefix }) => pathPrefix),
  };
}
