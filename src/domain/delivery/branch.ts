import type { CommitId, GoalId } from '../ids.ts';

/** Names for the branch of a goal, in the order in which they are tried. */
export const branchName = (wanted: string, n: number): string => (n <= 1 ? wanted : `${wanted}-${n}`);

export const defaultBranch = (goal: GoalId): string => `omk/${goal}`;

/** A comment that nobody sees, by which a pull request is found again. */
export const markerOf = (goal: GoalId): string => `<!-- omk-goal: ${goal} -->`;

/** The goals that a text is marked with. */
export const markedGoals = (body: string): readonly GoalId[] =>
  [...body.matchAll(/<!-- omk-goal: (g-[0-9a-z-]{1,64}) -->/g)].map(([, goal = '']) => goal);

/** A text of somebody else, without markers. */
export const unmarked = (text: string): string => text.replaceAll('<!-- omk-goal:', '<!-- omk-goal');

/** How a branch of the remote relates to the commit that is to be on it. */
export type BranchSeen =
  | { readonly kind: 'absent' }
  /** It has that commit. */
  | { readonly kind: 'same' }
  /** It has a commit that the new one follows, and that omk pushed for this goal. */
  | { readonly kind: 'behind'; readonly commit: CommitId }
  | { readonly kind: 'other' };
