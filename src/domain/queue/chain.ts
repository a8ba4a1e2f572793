import type { GoalState } from '../goal/state.ts';
import type { TreeId } from '../ids.ts';
import { remembered } from '../remembered.ts';
import type { Accepted, TaskState } from '../task/task.ts';
import { mergeKey, plainMerge, type MergedTrees, type MergeOf } from './merge.ts';

/** Accepted work merged onto the head and the work before it. */
export interface Link extends Accepted {
  readonly task: string;
  readonly tree: TreeId;
}

interface Chain {
  readonly links: readonly Link[];
  /** The merge that has to be made before the chain can go on; null: it is whole. */
  readonly wanted: MergeOf | null;
  /** Work that does not merge onto the head itself. What conflicts only with work before it in the queue waits for that. */
  readonly conflicts: readonly (Accepted & { readonly task: string; readonly merged: MergedTrees })[];
}

/** The queue in the order of acceptance, merged as far as merges are known. */
export function chainOf(state: GoalState): Chain {
  const head = state.head?.tree ?? state.created?.repository.tree ?? '';
  const links: Link[] = [];
  const conflicts: Chain['conflicts'][number][] = [];
  for (const entry of queued(state.tasks)) {
    const of = { onto: links.at(-1)?.tree ?? head, base: entry.base, candidate: entry.candidate };
    const merged = plainMerge(of) ?? state.merges.get(mergeKey(of));
    if (merged === undefined) return { links, wanted: of, conflicts };
    if (merged.kind === 'clean') links.push({ ...entry, tree: merged.tree });
    else if (of.onto === head) conflicts.push({ ...entry, merged });
  }
  return { links, wanted: null, conflicts };
}

/** What waits for its place, in the order in which it was accepted. */
const queued = remembered((tasks: readonly TaskState[]): readonly (Accepted & { readonly task: string })[] =>
  tasks
    .filter(({ accepted }) => accepted !== null)
    .flatMap(({ id, accepted }) => (accepted ? [{ ...accepted, task: id }] : []))
    .sort((one, other) => one.at - other.at),
);
