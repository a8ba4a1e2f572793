import type { RepoPath } from '../../ids.ts';
import type { TestCase } from './test-case.ts';

export interface Placed {
  readonly path: RepoPath;
  readonly test: TestCase;
}

interface Paired {
  /** The same name in the same file. */
  readonly kept: readonly (readonly [Placed, Placed])[];
  /** Another name or file, the same body. */
  readonly renamed: readonly (readonly [Placed, Placed])[];
  readonly removed: readonly Placed[];
  readonly added: readonly Placed[];
}

/** Finds for each test of the base what became of it. Each test is in one pair at most; time is linear. */
export function pair(base: readonly Placed[], candidate: readonly Placed[]): Paired {
  const same = match({ base, candidate }, ({ path, test }) => JSON.stringify([path, test.id, test.body, test.marks]));
  const named = match(same, ({ path, test }) => JSON.stringify([path, test.id]));
  const beside = match(named, ({ path, test }) => JSON.stringify([path, test.body]));
  const moved = match(beside, ({ test }) => test.body);
  return {
    kept: [...same.pairs, ...named.pairs],
    renamed: [...beside.pairs, ...moved.pairs],
    removed: moved.base,
    added: moved.candidate,
  };
}

interface Open {
  readonly base: readonly Placed[];
  readonly candidate: readonly Placed[];
}

/** Pairs tests of one key in order; the rest stays open. */
function match(
  { base, candidate }: Open,
  key: (placed: Placed) => string,
): Open & { readonly pairs: readonly (readonly [Placed, Placed])[] } {
  const waiting = new Map<string, Placed[]>();
  // From the end, so that the first one is taken first.
  for (const each of base.toReversed()) {
    const name = key(each);
    const list = waiting.get(name);
    if (list) list.push(each);
    else waiting.set(name, [each]);
  }
  const pairs: (readonly [Placed, Placed])[] = [];
  const open: Placed[] = [];
  for (const each of candidate) {
    const before = waiting.get(key(each))?.pop();
    if (before) pairs.push([before, each]);
    else open.push(each);
  }
  const taken = new Set(pairs.map(([before]) => before));
  return { pairs, base: base.filter((each) => !taken.has(each)), candidate: open };
}
