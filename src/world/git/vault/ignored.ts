import type { RepoPath, TreeId } from '../../../domain/ids.ts';
import { toRaw, toRepoPath } from '../../../domain/git/path-bytes.ts';
import { findIgnored, readRules } from '../snapshot/ignored.ts';
import type { VaultPlace } from './place.ts';

/** Those of `paths` that the `.gitignore` files of a tree ignore. */
export async function ignored(
  { call, temporary, trees }: VaultPlace,
  tree: TreeId,
  paths: readonly RepoPath[],
): Promise<ReadonlySet<RepoPath>> {
  const rules = await readRules(call, await trees.get(tree));
  const found = await findIgnored(call, temporary, { rules, personal: '' }, paths.map(toRaw));
  return new Set([...found].map(toRepoPath));
}
