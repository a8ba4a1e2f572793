import type { TreeId } from '../ids.ts';
import { ListIndex } from '../list-index.ts';
import type { Measurement } from './evidence.ts';

const BY_TREE = new ListIndex(({ tree }: Measurement): TreeId => tree);
const BY_START = new ListIndex(({ outcome }: Measurement): boolean => outcome.kind !== 'not_started');

/** All runs on a tree, the oldest first, without a look at the others: a goal of many tasks has thousands. */
export const measuredOn = (all: readonly Measurement[], tree: TreeId): readonly Measurement[] =>
  BY_TREE.items(all, tree);

/** All runs that did not start. */
export const notStartedOf = (all: readonly Measurement[]): readonly Measurement[] => BY_START.items(all, false);

/** One more run. */
export function withRun(all: readonly Measurement[], run: Measurement): readonly Measurement[] {
  const next = [...all, run];
  BY_TREE.follow(all, next);
  BY_START.follow(all, next);
  return next;
}
