import type { TreeId } from '../ids.ts';
import type { Intent } from './intent.ts';
import type { GoalState } from './state.ts';

/** The facts of the goal are to be looked up in a tree; null where there are none, or it was done. */
export const factsWanted = ({ created, facts }: GoalState, tree: TreeId): Intent | null =>
  (created?.options.facts ?? []).length === 0 || facts.has(tree)
    ? null
    : { key: `facts:${tree}`, kind: 'read_facts', tree };
