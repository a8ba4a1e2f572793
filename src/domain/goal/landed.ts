import type { Pin } from './task.ts';
import type { TreeId } from '../ids.ts';

/** One task's part of the result: a commit on the one before, with the tree that the merge gave. */
export interface Landed extends Pin {
  readonly task: string;
  readonly attempt: number;
  readonly candidate: TreeId;
}
