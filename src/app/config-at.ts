import type { RepoPath, TreeId } from '../domain/ids.ts';
import type { Vault } from '../world/git/port.ts';

/** `.omk/config.toml` of a base; null where there is none. */
export async function readConfigAt(vault: Vault, tree: TreeId): Promise<{ path: RepoPath; text: string } | null> {
  const path = '.omk/config.toml';
  const config = await vault.readFile(tree, path);
  return config ? { path, text: config.content.toString('utf8') } : null;
}
