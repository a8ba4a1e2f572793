import { everyAttempt } from '../../domain/goal/state.ts';
import type { RepositoryPin } from '../../domain/goal/event.ts';
import type { World } from '../world.ts';
import { DAY_MS, type CollectOptions, type Garbage } from './garbage.ts';
import type { CollectedGoal } from './goals.ts';
import { whileFree } from './worktrees.ts';

/** Snapshots of turns of a final goal that a later one of the same attempt replaced. The last of each attempt stays. */
export function snapshotGarbage(
  world: Pick<World, 'git' | 'store'>,
  goals: readonly CollectedGoal[],
): readonly Garbage[] {
  return goals
    .filter(({ final, old }) => final && old)
    .flatMap(({ goal, state }) => {
      const refs = everyAttempt(state).flatMap(({ turns }) =>
        turns.flatMap(({ snapshot }) => snapshot?.ref ?? []).slice(0, -1),
      );
      const repository = state.created?.repository;
      if (!repository || refs.length === 0) return [];
      const remove = async (): Promise<void> => {
        const vault = await world.git.openVault(repository);
        const there = new Set(await vault.listRefs(`refs/omk/goals/${goal}/`));
        await vault.deleteRefs(refs.filter((ref) => there.has(ref)));
      };
      return [
        {
          kind: 'snapshots' as const,
          what: `${refs.length} of turns that later ones replaced`,
          goal,
          bytes: 0,
          remove: () => whileFree(world, goal, remove),
        },
      ];
    });
}

/** Less is not worth a pack. */
const LOOSE_BYTES = 4 * 1024 * 1024;

/** Vaults with much in files of their own. What no ref leads to goes only where every goal is final: others name trees in their log. */
export async function vaultGarbage(
  { git }: Pick<World, 'git'>,
  goals: readonly CollectedGoal[],
  { olderThanMs }: CollectOptions,
): Promise<readonly Garbage[]> {
  const pins = new Map<string, RepositoryPin>();
  for (const { state } of goals) if (state.created) pins.set(state.created.repository.id, state.created.repository);
  const found: Garbage[] = [];
  for (const pin of pins.values()) {
    const vault = await git.openVault(pin);
    const bytes = await vault.looseBytes();
    const quiet = goals.every(({ state, final, old }) => state.created?.repository.id !== pin.id || (final && old));
    const compact = async (): Promise<boolean> => {
      await vault.compact(quiet ? Math.max(1, Math.ceil(olderThanMs / DAY_MS)) : null);
      return true;
    };
    if (bytes >= LOOSE_BYTES) found.push({ kind: 'vault', what: vault.dir, goal: null, bytes: 0, remove: compact });
  }
  return found;
}
