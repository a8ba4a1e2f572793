import { mkdir, rename, rm, rmdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Sandbox } from '../../../domain/gates/evidence.ts';
import type { TreeId } from '../../../domain/ids.ts';
import type { Clock } from '../../clock/port.ts';
import type { Stamps, Vault } from '../../git/port.ts';
import { keepOwner } from '../../process/owner.ts';
import { removeFolder, removeFolders } from '../../process/remove-folder.ts';
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
  /** Nothing ran in it yet: its folder holds nothing else. */
  readonly unused?: true;
}

/** Where the next spares go, and what they hold. */
interface Wanted {
  readonly vault: Vault;
  readonly base: TreeId;
  readonly parent: string;
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
  /**
   * Makes spares of the base of the last run, so that the next runs need not wait for theirs. To be called when the machine waits
   * for something else; it does nothing without a sandbox.
   */
  prepare(): void;
  /** Resolves when nothing of any run is left. */
  clear(): Promise<void>;
}

/** Twice what runs at once on a small machine: each takes as much disk as the tree. */
const MOST_SPARES = 4;
/** Removed together, so that runs share the processor with one program less; they take disk until then. */
const MOST_USED = 4;

/**
 * A checkout in which only the base ran, or nothing, and which compares equal to its tree, is moved on to the next tree instead of
 * written anew. One in which a candidate ran is never used again: it could tell the next run that it is not the first.
 */
export function openCheckouts(clock: Clock): Checkouts {
  let spares: Spare[] = [];
  const removals = new Set<Promise<void>>();
  const used: string[] = [];
  let mostUsed = MOST_USED;
  const compared = new Set<string>();
  let wanted: Wanted | null = null;
  let filling: Promise<void> | null = null;
  let isClosing = false;

  const watchOver = (removal: Promise<void>): void => {
    const done = removal.finally(() => removals.delete(done));
    done.catch(() => undefined);
    removals.add(done);
  };
  const removeAll = (): void => watchOver(removeFolders(used.splice(0)));
  const remove = (dir: string): void => {
    used.push(dir);
    if (used.length >= mostUsed) removeAll();
  };

  async function fill(): Promise<void> {
    for (let missing = MOST_SPARES - spares.length; missing > 0 && wanted !== null && !isClosing; missing--) {
      const spare = await fresh(clock, wanted);
      if (spare === null) return;
      spares.push(spare);
    }
  }

  async function moved(vault: Vault, tree: TreeId, to: Place): Promise<Stamps | null> {
    const spare = spares.find((one) => one.vault === vault.dir);
    if (spare === undefined) return null;
    spares = spares.filter((one) => one !== spare);
    const stamps = await spare.stamps;
    await rename(spare.from.checkout, to.checkout);
    await rename(spare.from.index, to.index);
    if (spare.unused) watchOver(rm(spare.from.dir, { recursive: true, force: true }));
    else remove(spare.from.dir);
    return vault.moveCheckout(tree, to.checkout, to.index, { tree: spare.tree, stamps });
  }

  return {
    async place({ vault, tree, base }, folder, sandbox) {
      if (base !== undefined && sandbox.kind !== 'none') wanted = { vault, base, parent: dirname(folder.dir) };
      // What ran unconfined could find what is left of the runs before it.
      mostUsed = sandbox.kind === 'none' ? 1 : MOST_USED;
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
    prepare() {
      removeAll();
      filling ??= fill().finally(() => (filling = null));
    },
    async clear() {
      isClosing = true;
      await filling;
      isClosing = false;
      await Promise.all(spares.map(({ stamps }) => stamps));
      for (const { from } of spares) remove(from.dir);
      spares = [];
      removeAll();
      await Promise.all(removals);
    },
  };
}

/**
 * A checkout of the base in which nothing ran; null where it cannot be had, which the next run will say for itself. An agent may be at
 * work: the looks are taken before the content is compared, so that whatever changes afterwards is read again.
 */
async function fresh(clock: Clock, { vault, base, parent }: Wanted): Promise<Spare | null> {
  const dir = join(parent, Buffer.from(clock.random(8)).toString('hex'));
  const from = { dir, checkout: join(dir, 'checkout'), index: join(dir, 'index') };
  try {
    await mkdir(dir, { mode: 0o700 });
    await keepOwner(dir);
    await vault.checkout(base, from.checkout, from.index);
    const stamps = await vault.stamps(from.checkout, clock.now());
    const { changed, created, emptyFolders } = await vault.compare(base, from.checkout, []);
    if ([...changed, ...created, ...emptyFolders].length === 0)
      return { vault: vault.dir, tree: base, from, stamps: Promise.resolve(stamps), unused: true };
  } catch {
    // A full disk, for example.
  }
  await removeFolder(dir).catch(() => undefined);
  return null;
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
