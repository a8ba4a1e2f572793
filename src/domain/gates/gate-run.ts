import type { TreeId } from '../ids.ts';
import type { Purpose } from './evidence.ts';

/** One execution of one gate that is still wanted. */
export interface GateRun {
  readonly gate: string;
  readonly purpose: Purpose;
  readonly round: number;
  readonly tree: TreeId;
  /** The tree whose test files a canary may be planted in, null for an ordinary run. */
  readonly canaryBase: TreeId | null;
  /** With no other gate beside it: it has run out of memory once. */
  readonly alone?: true;
  /** Only where a place is free that no other run wants, and ended when it is wanted no more. */
  readonly spare?: true;
  /** With the held-out checks laid over the tree, and a canary in them alone. */
  readonly heldOut?: true;
}
