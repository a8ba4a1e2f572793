import type { Examined } from '../contract/examined.ts';
import type { OverlayEdit } from '../gates/evidence.ts';
import type { TreeId } from '../ids.ts';

/**
 * What the rules for tests make of a change to a head, as if the head were the base: a tree with the candidate's code and the tests of
 * the head, those of tasks before among them.
 */
export interface LaidTests {
  /** The head, and what was made from it. */
  readonly start: TreeId;
  readonly candidate: TreeId;
  /** The candidate with the tests of the head; the candidate itself where it changes none. */
  readonly tree: TreeId;
  readonly edits: readonly OverlayEdit[];
  /** Test and runner files of the head that the candidate changes. */
  readonly changes: Examined['contractChanges'];
  /** The rule set that made it. */
  readonly rules: string;
}
