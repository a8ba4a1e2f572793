import { OmkError } from '../../domain/error.ts';
import { isTerminal } from '../../domain/status.ts';
import type { GoalId } from '../../domain/ids.ts';
import { created } from '../context.ts';
import { sealedBefore, sealedName } from '../held-out/seal.ts';
import { Session } from '../session.ts';
import type { World } from '../world.ts';

/** Removes a goal with its log, worktrees and snapshots. Its proof stays on `refs/omk/proofs` of the vault. */
export async function removeGoal(world: World, goal: GoalId, force: boolean): Promise<void> {
  const taken = await world.store.lease(goal);
  if (taken.kind === 'taken')
    throw new OmkError(
      'GOAL_BUSY',
      `Goal '${goal}' is being worked on by ${taken.holder.name} since ${taken.holder.since}`,
      `omk goal cancel ${goal}`,
    );
  try {
    const { state } = await Session.open(world, goal);
    if (!isTerminal(state.status) && !force)
      throw new OmkError(
        'GOAL_NOT_ENDED',
        `Goal '${goal}' is ${state.status}: its work would be gone`,
        `omk goal cancel ${goal}, or --force`,
      );
    const vault = await world.git.openVault(created(state).repository);
    await vault.deleteRefs(await vault.listRefs(`refs/omk/goals/${goal}/`));
    await world.files.removeGoal(goal, sealedName(goal), sealedBefore(goal));
  } catch (error) {
    await taken.lease.release();
    throw error;
  }
  await world.store.remove(goal);
}
