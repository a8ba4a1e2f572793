import type { DataOf, GoalState } from '../goal/state.ts';
import { chainOf } from '../goal/chain.ts';
import { lookAtLink } from '../decide/decide-queue.ts';

/** Why work may not land, or null: it is the front of the queue, merged as recorded, and the last tree was judged and holds. */
export function wrongLanding(state: GoalState, { tree, tasks }: DataOf<'tasks.integrated'>): string | null {
  const { links } = chainOf(state);
  const named = tasks.every((each, index) => {
    const link = links[index];
    return link?.task === each.task && link.attempt === each.attempt && link.tree === each.tree;
  });
  if (tasks.length === 0 || !named) return 'this is not the front of the queue';
  if (tasks.at(-1)?.tree !== tree) return 'the judged tree is not that of the last task';
  const look = lookAtLink(state, links, tasks.length);
  if (look.kind !== 'judged') return `tree ${tree} is not judged yet`;
  const [gap] = look.open;
  return gap ? `tree ${tree} does not hold: ${gap.code} ${gap.subject}` : null;
}

/** Why accepted work may not be sent back, or null: it conflicts with the head, or it is red alone on it. */
export function wrongReturn(state: GoalState, { task, attempt, why }: DataOf<'task.returned'>): string | null {
  const { links, conflicts } = chainOf(state);
  if (why.kind === 'conflict')
    return conflicts.some((each) => each.task === task && each.attempt === attempt)
      ? null
      : `task ${task} has no conflict`;
  const [first] = links;
  if (first?.task !== task || first.attempt !== attempt || first.tree !== why.tree)
    return `task ${task} was not judged alone on the head`;
  const look = lookAtLink(state, links, 1);
  return look.kind === 'judged' && look.open.length > 0 ? null : `nothing speaks against task ${task}`;
}
