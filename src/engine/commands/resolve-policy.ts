import type { GatePolicy } from '../../domain/gates/gate.ts';
import type { TreeId } from '../../domain/ids.ts';
import type { Vault } from '../../world/git/port.ts';
import type { World } from '../world.ts';

/** The gates of a tree and the user's checks, as one pinned policy. */
export async function resolvePolicy(world: Pick<World, 'gates'>, vault: Vault, tree: TreeId, checks: readonly string[]): Promise<GatePolicy> {
  const policy = await world.gates.resolve(vault, tree);
  const extra = await Promise.all(checks.map((text, index) => world.gates.check(text, index + 1, vault, tree)));
  return { ...policy, gates: [...policy.gates, ...extra] };
}
