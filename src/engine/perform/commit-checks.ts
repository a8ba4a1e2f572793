import { checksMessage } from '../../domain/goal/author.ts';
import { checksBelow } from '../../domain/goal/checks-commit.ts';
import type { CommitId, GoalId } from '../../domain/ids.ts';
import { agentAt, created, type Context } from '../context.ts';
import { visibleFiles } from '../held-out/visible.ts';

const checksRef = (goal: GoalId): string => `refs/omk/goals/${goal}/checks`;

/** The commit below the result that has the checks that the worker saw; null where there are none, or the base has them. */
export async function commitChecks({ world, session, vault }: Context): Promise<CommitId | null> {
  const { state, goal } = session;
  if (checksBelow(state).length === 0) return null;
  const { repository, title, options } = created(state);
  const tree = await vault.lay(repository.tree, await visibleFiles(world, state));
  if (tree === repository.tree) return null;
  const writer = state.oracles.findLast(({ ended }) => ended === 'accepted');
  return vault.commit({
    tree,
    parent: repository.commit,
    message: checksMessage({ goal, title, agent: writer ? agentAt(state, writer.attempt).name : null }),
    ref: checksRef(goal),
    at: Math.floor(world.clock.now() / 1000),
    ...(options.author ? { author: options.author } : {}),
  });
}
