import type { GoalId, TreeId } from '../../domain/ids.ts';
import { resultMessage } from '../../domain/goal/author.ts';
import { agentAt, created, type Context } from '../context.ts';
import { commitChecks } from './commit-checks.ts';

export const resultRef = (goal: GoalId): string => `refs/omk/goals/${goal}/result`;

/**
 * One commit whose tree is the judged tree, on the base, or on that of the checks that the worker saw; of many tasks, the commits are
 * there already.
 */
export async function integrate(context: Context, candidate: TreeId): Promise<void> {
  const { world, session, vault } = context;
  const { repository, title, prompt, options } = created(session.state);
  const agent = agentAt(session.state, session.state.attempts.at(-1)?.attempt ?? 0);
  const ref = resultRef(session.goal);
  const { head } = session.state;
  if (head) return session.append({ type: 'goal.integrated', data: { tree: candidate, commit: head.commit, ref } });
  const checks = await commitChecks(context);
  const commit = await vault.commit({
    tree: candidate,
    parent: checks ?? repository.commit,
    message: resultMessage({ goal: session.goal, title, prompt, agent: agent.name }),
    ref,
    at: Math.floor(world.clock.now() / 1000),
    ...(options.author ? { author: options.author } : {}),
  });
  await session.append({
    type: 'goal.integrated',
    data: { tree: candidate, commit, ref, ...(checks === null ? {} : { checks }) },
  });
}
