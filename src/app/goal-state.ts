import type { GoalState } from '../domain/goal/state.ts';
import type { GoalId } from '../domain/ids.ts';
import { Session } from '../engine/session.ts';
import type { World } from '../engine/world.ts';

/** How a goal stands now. */
export const stateOf = async (world: Pick<World, 'store' | 'clock'>, goal: GoalId): Promise<GoalState> =>
  (await Session.open(world, goal)).state;
