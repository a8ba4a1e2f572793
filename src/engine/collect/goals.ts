import { fold } from '../../domain/transition/evolve.ts';
import type { GoalState } from '../../domain/goal/state.ts';
import { isFinal, isTerminal } from '../../domain/status.ts';
import type { GoalId } from '../../domain/ids.ts';
import type { GoalSummary } from '../../store/port.ts';
import type { World } from '../world.ts';
import type { CollectOptions } from './garbage.ts';

/** One goal, and what of its work may go. */
export interface CollectedGoal {
  readonly goal: GoalId;
  readonly state: GoalState;
  /** It has ended, and not just now. */
  readonly old: boolean;
  readonly final: boolean;
}

export async function goalsOf(
  { store, clock }: Pick<World, 'store' | 'clock'>,
  { olderThanMs, keep }: CollectOptions,
  wanted: (goal: GoalId) => boolean,
): Promise<readonly CollectedGoal[]> {
  const all = await store.list();
  const newest = new Set(newestOfEach(all, keep));
  const found: CollectedGoal[] = [];
  for (const { goal, status, updatedAt } of all.filter((each) => wanted(each.goal))) {
    const state = fold((await store.read(goal)).map(({ event }) => event));
    const ended = isTerminal(status) && clock.now() - Date.parse(updatedAt) > olderThanMs && !newest.has(goal);
    found.push({ goal, state, old: ended, final: isFinal(state.status) && !newest.has(goal) });
  }
  return found;
}

/** Lists are newest first. */
function newestOfEach(all: readonly GoalSummary[], keep: number): readonly GoalId[] {
  const counts = new Map<string, number>();
  return all.flatMap(({ goal, repository }) => {
    const count = (counts.get(repository) ?? 0) + 1;
    counts.set(repository, count);
    return count <= keep ? [goal] : [];
  });
}
