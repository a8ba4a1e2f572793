import type { TreeId } from '../../domain/ids.ts';
import { resultMessage } from '../../domain/goal/author.ts';
import { agentOf, created, type Context } from '../context.ts';

/** One commit on the base whose tree is the judged tree. */
export async function integrate({ world, session, vault }: Context, candidate: TreeId): Promise<void> {
  const { repository, title, prompt, options } = created(session.state);
  const agent = agentOf(session.state);
  const ref = `refs/omk/goals/${session.goal}/result`;
  const commit = await vault.commit({
    tree: candidate,
    parent: repository.commit,
    message: resultMessage({ goal: session.goal, title, prompt, agent: agent.name }),
    ref,
    at: Math.floor(world.clock.now() / 1000),
    ...(options.author ? { author: options.author } : {}),
  });
  await session.append({ type: 'goal.integrated', data: { tree: candidate, commit, ref } });
}
