import type { GoalEvent } from '../../domain/goal/event.ts';
import { mergeKey, plainMerge, type Change, type MergedTrees, type MergeOf } from '../../domain/goal/merge.ts';
import type { Context } from '../context.ts';
import { relockFor, settle } from './settle.ts';

interface Merge {
  readonly of: MergeOf;
  readonly merged: MergedTrees;
}

/** A merge that the queue wants, and with it those that it will want next, in one process. */
export async function merge(context: Context, of: MergeOf, behind: readonly Change[]): Promise<void> {
  const { session } = context;
  const found = await mergesOf(context, of, behind);
  await session.appendFrom(() => {
    const events = found.flatMap(({ of: each, merged }): readonly GoalEvent[] =>
      plainMerge(each) === null && !session.state.merges.has(mergeKey(each))
        ? [{ type: 'trees.merged', data: { ...each, merged } }]
        : [],
    );
    return { events, value: null };
  });
}

/** As far as git's merge is what counts: what comes behind one that omk settled is merged onto that, when it is wanted. */
async function mergesOf(context: Context, of: MergeOf, behind: readonly Change[]): Promise<readonly Merge[]> {
  const { vault } = context;
  const relock = relockFor(context);
  const changes = [of, ...behind];
  const found: Merge[] = [];
  let { onto } = of;
  for (const [index, raw] of (await vault.mergeChain(onto, changes)).entries()) {
    const change = changes[index];
    if (change === undefined) break;
    const each = { onto, base: change.base, candidate: change.candidate };
    const merged = await settle(vault, each, raw, relock);
    found.push({ of: each, merged });
    if (treeOf(merged) !== treeOf(raw)) break;
    if (merged.kind === 'clean') onto = merged.tree;
  }
  return found;
}

const treeOf = (merged: MergedTrees): string | null => (merged.kind === 'clean' ? merged.tree : null);
