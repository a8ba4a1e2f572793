import { isNamed } from '../contract/reach.ts';
import type { RepoPath } from '../ids.ts';

/** The new files of a change that checks use, by what they import. Nothing else in the trees says that they are the product. */
export const namedByChecks = (
  checks: readonly { readonly path: RepoPath; readonly text: string }[],
  added: readonly RepoPath[],
): readonly RepoPath[] => added.filter((path) => checks.some((check) => isNamed(check, path)));
