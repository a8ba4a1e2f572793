import type { RepoPath, TreeId } from '../ids.ts';

/** Faults that are planted in a change one by one. */
export const MOST_FAULTS = 10;

/** The candidate with one of its functions emptied. */
export interface Fault {
  readonly path: RepoPath;
  readonly name: string;
  readonly tree: TreeId;
}

/** A file whose new and rewritten functions do nothing any more. */
export type HollowFile =
  | {
      readonly kind: 'hollowed';
      readonly text: string;
      readonly functions: readonly string[];
      /** The file with only one of them emptied, for each of the first `MOST_FAULTS`. */
      readonly singles: readonly string[];
    }
  /** The change added and rewrote no function, or `idle` ones that do nothing. */
  | { readonly kind: 'unchanged'; readonly idle?: readonly string[] }
  | { readonly kind: 'not_read'; readonly why: string };

/** The candidate without what it does, to see whether its tests notice. */
export interface Hollowed {
  readonly candidate: TreeId;
  /** Null: the change holds nothing but tests. */
  readonly tree: TreeId | null;
  /** `emptied`: the functions that it added or rewrote do nothing. `taken_back`: there was none, so all but tests is as in the base. */
  readonly how: 'emptied' | 'taken_back';
  /** The candidate with all but its tests as in the base, where what was emptied was not all new. Absent in logs of before. */
  readonly takenBack?: TreeId;
  /** All that the product changes are functions that do nothing. Absent: something else, and in logs of before. */
  readonly idle?: true;
  /** Of a given change: tests that are red with it taken back are run on `tree`, too. Absent in logs of before. */
  readonly asksRed?: true;
  /** Where several functions were emptied, the candidate with one of them. Absent: of a given change, or a log of before. */
  readonly faults?: readonly Fault[];
  /** At most 50 named. */
  readonly functions: readonly { readonly path: RepoPath; readonly name: string }[];
  readonly count: number;
}

/** A tree in which nothing was taken out shows nothing of tests that fail on it. */
export const isHollow = ({ candidate, tree, takenBack, faults = [] }: Hollowed): boolean =>
  tree !== candidate && takenBack !== candidate && faults.every((each) => each.tree !== candidate);
