import type { GoalState } from './state.ts';
import type { TreeId } from '../ids.ts';
import { remembered } from '../remembered.ts';
import type { Accepted, TaskState } from './task.ts';
import { mergeKey, plainMerge, type Change, type MergedTrees, type MergeOf } from './merge.ts';

/** Accepted work merged onto the head and the work before it. */
export interface Link extends Accepted {
  readonly task: string;
  readonly tree: TreeId;
}

type Conflict = Extract<MergedTrees, { kind: 'conflict' }>;

interface Chain {
  readonly links: readonly Link[];
  /** The merge that has to be made before the chain can go on; null: it is whole. */
  readonly wanted: MergeOf | null;
  /** What waits behind that one. */
  readonly behind: readonly Change[];
  /** Work that does not merge onto the head itself. What conflicts only with work before it in the queue waits for that. */
  readonly conflicts: readonly (Accepted & { readonly task: string; readonly merged: Conflict })[];
}

/** The queue in the order of acceptance, merged as far as merges are known. */
export function chainOf(state: GoalState): Chain {
  const head = state.head?.tree ?? state.created?.repository.tree ?? '';
  const known = CHAINS.get(state.tasks);
  if (known?.head === head && known.merges === state.merges) return known.chain;
  const chain = findChain(state, head);
  CHAINS.set(state.tasks, { head, merges: state.merges, chain });
  return chain;
}

const CHAINS = new WeakMap<
  readonly TaskState[],
  Pick<GoalState, 'merges'> & { readonly head: TreeId; readonly chain: Chain }
>();

function findChain(state: GoalState, head: TreeId): Chain {
  const links: Link[] = [];
  const conflicts: Chain['conflicts'][number][] = [];
  const all = queued(state.tasks);
  for (const [index, entry] of all.entries()) {
    const of = { onto: links.at(-1)?.tree ?? head, base: entry.base, candidate: entry.candidate };
    const merged = plainMerge(of) ?? state.merges.get(mergeKey(of));
    if (merged === undefined) return { links, wanted: of, behind: all.slice(index + 1), conflicts };
    if (merged.kind === 'clean') links.push({ ...entry, tree: merged.tree });
    else if (of.onto === head) conflicts.push({ ...entry, merged });
  }
  return { links, wanted: null, behind: [], conflicts };
}

/** What waits for its place, in the order in which it was accepted. */
const queued = remembered((tasks: readonly TaskState[]): readonly (Accepted & { readonly task: string })[] =>
  tasks
    .filter(({ accepted }) => accepted !== null)
    .flatMap(({ id, accepted }) => (accepted ? [{ ...accepted, task: id }] : []))
    .sort((one, other) => one.at - other.at),
);
