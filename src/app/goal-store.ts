import { OmkError } from '../domain/error.ts';
import { findGoal } from '../engine/commands/find.ts';
import { openStoreIfExists } from '../store/open.ts';
import type { GoalSummary, Store } from '../store/port.ts';
import { systemClock } from '../world/clock/system.ts';
import { locateRepository } from '../world/git/locate.ts';
import { stateDir } from './paths.ts';
import { currentFolder, environment } from './here.ts';

/** Reads the state directory without the rest of the world, for commands that must be quick. Nothing is created. */
export async function withStore<T>(work: (store: Store) => Promise<T>): Promise<T> {
  const store = await openStoreIfExists({ stateDir: stateDir(environment()), clock: systemClock });
  if (!store) throw new OmkError('GOAL_NOT_FOUND', 'There is no goal yet', 'omk run "<goal>"');
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

export const withGoal = <T>(name: string, work: (store: Store, goal: GoalSummary) => Promise<T>): Promise<T> =>
  withStore(async (store) => work(store, await findGoal(store, name, currentRepository)));

/** The id of the repository here. `OmkError` `NOT_A_REPOSITORY`. */
export async function currentRepository(): Promise<string> {
  const found = await locateRepository(currentFolder());
  if (found) return found.id;
  throw new OmkError('NOT_A_REPOSITORY', 'This is not a git repository', 'go to one, or name the goal');
}
