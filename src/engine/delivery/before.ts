import type { GoalState } from '../../domain/goal/state.ts';
import type { GoalId } from '../../domain/ids.ts';
import { Session } from '../session.ts';
import type { World } from '../world.ts';

export interface Before {
  readonly goal: GoalId;
  readonly state: GoalState;
}

/** More rounds than that are not told. */
const MOST = 20;

/** The goals that a goal goes on with, the first first; what was removed meanwhile is left out. */
export async function goalsBefore(world: World, { state }: Pick<Session, 'state'>): Promise<readonly Before[]> {
  const found: Before[] = [];
  let { origin } = state.created ?? {};
  while (origin?.kind === 'pull_request' && found.length < MOST) {
    const before = await Session.open(world, origin.goal);
    if (!before.state.created) break;
    found.unshift({ goal: before.goal, state: before.state });
    ({ origin } = before.state.created);
  }
  return found;
}
