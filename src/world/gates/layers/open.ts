import { canonical } from '../../../domain/canonical.ts';
import type { TreeId } from '../../../domain/ids.ts';
import type { Supplies, Vault } from '../../git/port.ts';
import { gatePath } from '../../sandbox/environment.ts';
import type { Sandboxes } from '../../sandbox/port.ts';
import type { Gates, Layer, LayerResult } from '../port.ts';
import { layerForAgent, takeBack, type ForAgent } from './for-agent.ts';
import { layerOf, type Part } from './layer-of.ts';
import { relock } from './relock.ts';
import { prepareParts, type Workshop, type Wanted } from './prepare.ts';
import { openShelf, type Shelf } from './shelf.ts';
import { versionsOf } from './versions.ts';

interface Layers {
  /**
   * Builds what a tree's manifests declare, once for each content. `base` is the tree itself or what it is a
   * candidate for. A failure of the installation is a result, not an error.
   */
  prepare(vault: Vault, tree: TreeId, base: TreeId, supplies?: Supplies): Promise<LayerResult>;
  /** Makes a lock file again, as `Gates` say. */
  relock: Gates['relock'];
  /** Whether a layer is still what was built (trust rule T14). */
  recheck(layer: Layer): Promise<boolean>;
  /** What the agent of a worktree is given of a layer. */
  forAgent(layer: Layer, worktree: string): Promise<ForAgent>;
  /** Removes the copies of an attempt that nobody works on. */
  takeBack(worktree: string): Promise<void>;
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
  const shelf = (): Promise<Shelf> =>
    (opening ??= openShelf(stateDir, async () => (await sandboxes.detect()).kind !== 'none'));
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

  const make = async (wanted: Wanted): Promise<LayerResult> => {
    const made = await prepareParts(workshop, wanted);
    if (made.kind !== 'parts') return made;
    const layer = layerOf(made.parts, made.without);
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
    relock: (vault, tree, base, lock, supplies) =>
      relock(workshop, { vault, tree, base, ...(supplies ? { supplies } : {}) }, lock),
    async prepare(vault, tree, base, supplies) {
      const name = canonical([vault.dir, tree, base]);
      const start = (): Promise<LayerResult> => {
        const making = make({ vault, tree, base, ...(supplies ? { supplies } : {}) });
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
    forAgent: (layer, worktree) => layerForAgent(layer, worktree, { sandboxes, path }),
    takeBack,
  };
}
