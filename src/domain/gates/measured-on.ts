import type { TreeId } from '../ids.ts';
import type { Measurement } from './evidence.ts';

/** Runs by tree, each with its place in the list; shared by a list and those that went on from it. */
interface Index {
  length: number;
  readonly byTree: Map<TreeId, Place[]>;
  readonly notStarted: Place[];
}

interface Place {
  readonly at: number;
  readonly run: Measurement;
}

const INDEXES = new WeakMap<readonly Measurement[], Index>();

function add(index: Index, run: Measurement): void {
  const place = { at: index.length, run };
  const found = index.byTree.get(run.tree);
  if (found) found.push(place);
  else index.byTree.set(run.tree, [place]);
  if (run.outcome.kind === 'not_started') index.notStarted.push(place);
  index.length += 1;
}

function indexOf(all: readonly Measurement[]): Index {
  const known = INDEXES.get(all);
  if (known) return known;
  const index: Index = { length: 0, byTree: new Map(), notStarted: [] };
  for (const run of all) add(index, run);
  INDEXES.set(all, index);
  return index;
}

/** All runs on a tree, the oldest first, without a look at the others: a goal of many tasks has thousands. */
export const measuredOn = (all: readonly Measurement[], tree: TreeId): readonly Measurement[] =>
  within(all, indexOf(all).byTree.get(tree) ?? []);

/** All runs that did not start. */
export const notStartedOf = (all: readonly Measurement[]): readonly Measurement[] =>
  within(all, indexOf(all).notStarted);

function within(all: readonly Measurement[], places: readonly Place[]): readonly Measurement[] {
  const found: Measurement[] = [];
  for (const { at, run } of places) if (at < all.length) found.push(run);
  return found;
}

/** One more run. The index goes on with the new list, unless another list went on from this one already. */
export function withRun(all: readonly Measurement[], run: Measurement): readonly Measurement[] {
  const next = [...all, run];
  const index = indexOf(all);
  if (index.length !== all.length) return next;
  add(index, run);
  INDEXES.set(next, index);
  return next;
}
