import { findGoal } from '../engine/commands/find.ts';
import type { GoalId } from '../domain/ids.ts';
import { openWorld, type Live } from './compose.ts';
import { currentRepository } from './goal-store.ts';
import { environment } from './here.ts';

/** The whole world with one goal found in it, closed afterwards. */
export async function withGoalWorld<T>(name: string, work: (world: Live, goal: GoalId) => Promise<T>): Promise<T> {
  const world = await openWorld(environment());
  try {
    return await work(world, (await findGoal(world.store, name, currentRepository)).goal);
  } finally {
    await world.store.close();
  }
}
