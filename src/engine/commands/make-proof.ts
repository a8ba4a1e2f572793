import { created } from '../context.ts';
import type { GoalId } from '../../domain/ids.ts';
import { endOf, publish } from '../publish/publish.ts';
import { Session } from '../session.ts';
import type { World } from '../world.ts';

/**
 * Makes the folder and the proof of a goal that ended, where a process was ended between the two; `anew`: in any
 * case. Returns whether it did.
 */
export async function makeProof(world: World, goal: GoalId, anew = false): Promise<boolean> {
  const session = await Session.open(world, goal);
  const end = endOf(session.lines, session.state);
  if (end === null || (!anew && (await world.proofs.isThere(end)))) return false;
  await publish({ world, session, vault: await world.git.openVault(created(session.state).repository) });
  return true;
}
