import type { GoalEvent } from '../../domain/goal/event.ts';
import { mergeKey, plainMerge, type Change, type MergeOf } from '../../domain/queue/merge.ts';
import type { Context } from '../context.ts';

/** A merge that the queue wants, and with it those that it will want next, in one process. */
export async function merge({ session, vault }: Context, of: MergeOf, behind: readonly Change[]): Promise<void> {
  const changes = [of, ...behind];
  const merged = await vault.mergeChain(of.onto, changes);
  await session.appendFrom(() => {
    const events: GoalEvent[] = [];
    let { onto } = of;
    for (const [index, { base, candidate }] of changes.entries()) {
      const result = merged[index];
      if (result === undefined) break;
      const each = { onto, base, candidate };
      if (plainMerge(each) === null && !session.state.merges.has(mergeKey(each)))
        events.push({ type: 'trees.merged', data: { ...each, merged: result } });
      if (result.kind === 'clean') onto = result.tree;
    }
    return { events, value: null };
  });
}
