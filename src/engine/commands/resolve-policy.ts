import type { GatePolicy } from '../../domain/gates/gate.ts';
import type { GoalEvent } from '../../domain/goal/event.ts';
import type { TreeId } from '../../domain/ids.ts';
import type { Vault } from '../../world/git/port.ts';
import type { World } from '../world.ts';

/** The base's own gates as one event, and the user's checks as another: a verifier tells them apart. */
export async function resolvePolicy(world: Pick<World, 'gates'>, vault: Vault, tree: TreeId, checks: readonly string[]): Promise<readonly GoalEvent[]> {
  const policy = await world.gates.resolve(vault, tree);
  const gates = await Promise.all(checks.map((text, index) => world.gates.check(text, index + 1, vault, tree)));
  return [{ type: 'policy.resolved', data: { policy } }, ...(gates.length > 0 ? [{ type: 'checks.added', data: { gates } } as const] : [])];
}

/** Every gate that such events name. */
export const gatesOf = (events: readonly GoalEvent[]): GatePolicy['gates'] =>
  events.flatMap((event) => (event.type === 'policy.resolved' ? event.data.policy.gates : event.type === 'checks.added' ? event.data.gates : []));
