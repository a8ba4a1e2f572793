import { checkIds } from '../../domain/gates/check-ids.ts';
import type { GatePolicy, GateSpec } from '../../domain/gates/gate.ts';
import type { GoalEvent } from '../../domain/goal/event.ts';
import type { TreeId } from '../../domain/ids.ts';
import type { Vault } from '../../world/git/port.ts';
import type { World } from '../world.ts';

/** The base's own gates as one event, and the user's checks as another: a verifier tells them apart. */
export async function resolvePolicy(
  world: Pick<World, 'gates'>,
  vault: Vault,
  tree: TreeId,
  checks: readonly string[],
): Promise<readonly GoalEvent[]> {
  const policy = await world.gates.resolve(vault, tree);
  const gates = await checkGates(world, vault, tree, checks, policy.gates);
  return [
    { type: 'policy.resolved', data: { policy } },
    ...(gates.length > 0 ? [{ type: 'checks.added', data: { gates } } as const] : []),
  ];
}

/** Checks as gates, under names that no gate has. */
export function checkGates(
  world: Pick<World, 'gates'>,
  vault: Vault,
  tree: TreeId,
  checks: readonly string[],
  known: GatePolicy['gates'],
): Promise<readonly GateSpec[]> {
  const ids = checkIds(
    checks.length,
    known.map((gate) => gate.id),
  );
  return Promise.all(ids.map((id, index) => world.gates.check(checks[index] ?? '', id, vault, tree)));
}

/** Every gate that such events name. */
export const gatesOf = (events: readonly GoalEvent[]): GatePolicy['gates'] =>
  events.flatMap((event) => {
    if (event.type === 'policy.resolved') return event.data.policy.gates;
    return event.type === 'checks.added' ? event.data.gates : [];
  });
