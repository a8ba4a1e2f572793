import type { GoalDisk } from '../../../app/use/disk.ts';
import { showBytes } from './bytes.ts';

const sum = (of: GoalDisk['worktrees']): number => of.reduce((all, { bytes }) => all + bytes, 0);

/** What a goal takes on the disk; nothing where that is its folder alone. */
export function diskLine({ folder, worktrees }: GoalDisk): readonly string[] {
  if (worktrees.length === 0) return [];
  const many = worktrees.length === 1 ? 'one worktree' : `${worktrees.length} worktrees`;
  const taken = `${showBytes(sum(worktrees))} in ${many}, ${showBytes(folder)} in the goal's folder`;
  return [`on the disk: ${taken}; dependencies and git objects are shared`];
}

/** What the worktrees of some attempts take; nothing where there is none. */
export function worktreesOf({ worktrees }: GoalDisk, attempts: readonly number[]): string {
  const own = worktrees.filter(({ attempt }) => attempts.includes(attempt));
  return own.length === 0 ? '' : showBytes(sum(own));
}
