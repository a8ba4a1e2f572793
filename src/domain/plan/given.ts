import type { Snapshot } from '../git/snapshot.ts';
import type { CommitId } from '../ids.ts';

/** What must be shown of a given change beyond that nothing is lost. */
export const EXPECTATIONS = ['no-regression', 'fix', 'feature'] as const;
export type Expectation = (typeof EXPECTATIONS)[number];

/** A change that is judged as it is given: no agent works on it. */
export interface Given {
  /** The candidate, kept in the vault. */
  readonly snapshot: Snapshot;
  readonly from: 'commit' | 'tree' | 'staged' | 'working_tree';
  /** The commit whose tree is judged; null where it is of none. */
  readonly commit: CommitId | null;
  /** As a person calls it, such as `main..feature`. */
  readonly name: string;
  readonly expect: Expectation;
  /** Questions that a person accepted before they were asked, by id. */
  readonly accepts: readonly string[];
}
