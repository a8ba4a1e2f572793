import { rename, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Sandbox } from '../../../domain/gates/evidence.ts';
import type { TreeId } from '../../../domain/ids.ts';
import type { Clock } from '../../clock/port.ts';
import type { Stamps, Vault } from '../../git/port.ts';
import { removeFolder } from '../../process/remove-folder.ts';
import type { RunGateRequest } from '../port.ts';
import { GIT } from '../../../domain/gates/cached.ts';
import { mountsOf } from './layer.ts';
import type { RunFolder } from './folder.ts';

type Place = Pick<RunFolder, 'dir' | 'checkout' | 'index'>;

interface Spare {
  readonly vault: string;
  readonly tree: TreeId;
  readonly from: Place;
  readonly stamps: Promise<Stamps>;
}

/** Where the trees to judge are put, and where what is left of runs goes. */
export interface Checkouts {
  /**
   * Puts a tree into the folder. Stamps where content that has one need not be compared again; null for the first
   * checkout of a tree, and without a sandbox, where a gate might set the machine's clock.
   */
  place(request: RunGateRequest, folder: RunFolder, sandbox: Sandbox): Promise<Stamps | null>;
  /** The run is over. `spare`: only the base ran in it, shut in, and it is byte for byte what it was. */
  release(request: RunGateRequest, folder: RunFolder, left: 'spare' | 'used'): Promise<void>;
  /** Resolves when nothing of any run is left. */
  clear(): Promise<void>;
}

/** More than run at once are of no use. */
const MOST_SPARES = 4;

/**
 * A checkout in which only the base ran, and which compares equal to its tree, is moved on to the next tree instead of
 * written anew. One in which a candidate ran is never used again: it could tell the next run that it is not the first.
 */
export function openCheckouts(clock: Clock): Checkouts {
  let spares: Spare[] = [];
  const removals = new Set<Promise<void>>();
  const compared = new Set<string>();

  const remove = (dir: string): void => {
    const done = removeFolder(dir).finally(() => removals.delete(done));
    done.catch(() => undefined);
    removals.add(done);
  };

  async function moved(vault: Vault, tree: TreeId, to: Place): Promise<Stamps | null> {
    const spare = spares.find((one) => one.vault === vault.dir);
    if (spare === undefined) return null;
    spares = spares.filter((one) => one !== spare);
    const stamps = await spare.stamps;
    await rename(spare.from.checkout, to.checkout);
    await rename(spare.from.index, to.index);
    remove(spare.from.dir);
    return vault.moveCheckout(tree, to.checkout, to.index, { tree: spare.tree, stamps });
  }

  return {
    async place({ vault, tree }, folder, sandbox) {
      const key = `${vault.dir} ${tree}`;
      const stamps = await moved(vault, tree, folder);
      if (stamps !== null) return stamps;
      await vault.checkout(tree, folder.checkout, folder.index);
      if (!compared.has(key)) {
        compared.add(key);
        return null;
      }
      return sandbox.kind === 'none' ? null : vault.stamps(folder.checkout, clock.now());
    },
    async release({ vault, tree, layer }, folder, left) {
      if (
        left === 'spare' &&
        spares.length < MOST_SPARES &&
        (await withoutMounts(folder.checkout, [...mountsOf(layer), GIT]))
      ) {
        // Nothing runs in it any more, so these are of what was compared; taken while the agent works.
        // Without any, all of it is compared.
        const stamps = vault.stamps(folder.checkout, clock.now()).catch((): Stamps => new Map());
        spares.push({ vault: vault.dir, tree, from: folder, stamps });
      } else remove(folder.dir);
    },
    async clear() {
      await Promise.all(spares.map(({ stamps }) => stamps));
      for (const { from } of spares) remove(from.dir);
      spares = [];
      await Promise.all(removals);
    },
  };
}

/** Folders that stood there only for a layer to be mounted on; false when one of them is more than that. */
async function withoutMounts(checkout: string, mounts: readonly string[]): Promise<boolean> {
  for (const mount of mounts) {
    const gone = await rmdir(join(checkout, mount)).then(
      () => true,
      (error: NodeJS.ErrnoException) => error.code === 'ENOENT',
    );
    if (!gone) return false;
  }
  return true;
}
