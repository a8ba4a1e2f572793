import { taskMessage } from '../../domain/goal/author.ts';
import type { Link } from '../../domain/goal/chain.ts';
import type { Landed } from '../../domain/goal/landed.ts';
import { cleanLine } from '../../domain/text/clean.ts';
import { agentAt, created, type Context } from '../context.ts';
import { resultRef } from './integrate.ts';

/** One commit for each task, on the head; the last one has the tree that was judged. */
export async function land({ world, session, vault }: Context, links: readonly Link[]): Promise<void> {
  const { state, goal } = session;
  const { repository, options } = created(state);
  const judged = links.at(-1)?.tree ?? '';
  const ref = resultRef(goal);
  const at = Math.floor(world.clock.now() / 1000);
  const tasks: Landed[] = [];
  for (const { task: id, attempt, candidate, tree } of links) {
    const task = state.plan?.tasks.find((each) => each.id === id);
    const message = taskMessage({
      goal,
      title: cleanLine(task?.title ?? id, 72),
      prompt: task?.brief ?? '',
      agent: agentAt(state, attempt).name,
      task: id,
      attempt,
      judged,
    });
    const parent = tasks.at(-1)?.commit ?? state.head?.commit ?? repository.commit;
    const author = options.author ? { author: options.author } : {};
    const commit = await vault.commit({ tree, parent, message, ref, at, ...author });
    tasks.push({ task: id, attempt, candidate, tree, commit });
  }
  await session.append({ type: 'tasks.integrated', data: { tree: judged, ref, tasks } });
}
