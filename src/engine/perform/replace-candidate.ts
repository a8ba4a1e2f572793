import type { Snapshot } from '../../domain/git/snapshot.ts';
import type { TreeId } from '../../domain/ids.ts';
import type { Context } from '../context.ts';

export interface Replacing {
  readonly world: { readonly clock: Pick<Context['world']['clock'], 'now'> };
  readonly vault: Pick<Context['vault'], 'tip' | 'commit'>;
}

/** A snapshot with another candidate, which a ref of its own keeps on top of what the agent left. */
export async function replaceCandidate(
  { world, vault }: Replacing,
  snapshot: Snapshot,
  tree: TreeId,
  { refs, message }: { readonly refs: 'frozen' | 'bounded' | 'undisputed' | 'unproposed'; readonly message: string },
): Promise<Snapshot> {
  const parent = await vault.tip(snapshot.ref);
  if (parent === null) throw new TypeError(`no snapshot is kept by ${snapshot.ref}`);
  const ref = snapshot.ref.replace('/tasks/', `/${refs}/`);
  await vault.commit({ tree, parent, message, ref, at: Math.floor(world.clock.now() / 1000) });
  return { ...snapshot, candidate: tree };
}
