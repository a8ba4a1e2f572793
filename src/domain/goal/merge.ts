import type { RepoPath, TreeId } from '../ids.ts';

export interface Change {
  readonly base: TreeId;
  readonly candidate: TreeId;
}

/** What is merged: the change from `base` to `candidate`, onto another tree. */
export interface MergeOf extends Change {
  readonly onto: TreeId;
}

export type MergedTrees =
  /** `remade`: lock files that their package manager made again for the merged manifests. */
  | { readonly kind: 'clean'; readonly tree: TreeId; readonly remade?: readonly RepoPath[] }
  /** `marked`: the tree as git leaves it, with both sides in the files. `why`: more than that both sides changed the same lines. */
  | {
      readonly kind: 'conflict';
      readonly paths: readonly RepoPath[];
      readonly marked?: TreeId;
      readonly why?: string;
    };

export const mergeKey = ({ onto, base, candidate }: MergeOf): string => `${onto}:${base}:${candidate}`;

/** The merge where no git is needed to know it, null where it is. */
export function plainMerge({ onto, base, candidate }: MergeOf): MergedTrees | null {
  if (onto === base || onto === candidate) return { kind: 'clean', tree: candidate };
  return base === candidate ? { kind: 'clean', tree: onto } : null;
}
