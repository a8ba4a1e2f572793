import type { GoalId } from '../../domain/ids.ts';

/** Something that is not needed any more, or can be made again. */
export interface Garbage {
  readonly kind: 'leftover' | 'worktree' | 'snapshots' | 'cache' | 'blobs' | 'vault';
  /** A path, or how many of what. */
  readonly what: string;
  readonly goal: GoalId | null;
  readonly bytes: number;
  /** False when it could not be removed because somebody works on the goal. */
  remove(): Promise<boolean>;
}

export interface CollectOptions {
  /** Only what has not been touched for so long: work of goals that ended, caches. */
  readonly olderThanMs: number;
  /** The work of so many of the newest goals of each repository stays. */
  readonly keep: number;
}

export const DAY_MS = 24 * 3_600_000;
export const DEFAULTS: CollectOptions = { olderThanMs: 14 * DAY_MS, keep: 0 };
