import { chmod, lstat, mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { isInstallSetting } from '../../../domain/contract/install-settings.ts';
import type { RepoPath, TreeId } from '../../../domain/ids.ts';
import type { Vault } from '../../git/port.ts';
import { repoFile } from '../../process/repo-file.ts';
import type { ManifestReader } from './plan.ts';

/** What planners read of a tree. Files that say where packages come from are the base's, whatever a candidate made of them. */
export async function manifestsOf(
  vault: Vault,
  tree: TreeId,
  base: TreeId,
  tag: string | null = null,
): Promise<ManifestReader> {
  const read = async (from: TreeId, path: RepoPath): Promise<string | null> =>
    (await vault.readFile(from, path))?.content.toString('utf8') ?? null;
  const theirs = await vault.listTree(base);
  const ofBase = { tree: base, tag, entries: theirs, text: (path: RepoPath) => read(base, path) };
  if (tree === base) return { trust: 'base', base: ofBase, entries: theirs, text: ofBase.text };
  const own = await vault.listTree(tree);
  return {
    trust: 'candidate',
    base: ofBase,
    entries: [
      ...own.filter(({ path }) => !isInstallSetting(path)),
      ...theirs.filter(({ path }) => isInstallSetting(path)),
    ],
    text: (path) => read(isInstallSetting(path) ? base : tree, path),
  };
}

/** A checkout of the tree to install in, with the same settings. */
export async function checkoutFor(vault: Vault, tree: TreeId, base: TreeId, dir: string): Promise<void> {
  await vault.checkout(tree, dir);
  if (tree === base) return;
  const settings = async (of: TreeId) => (await vault.listTree(of)).filter(({ path }) => isInstallSetting(path));
  for (const { path } of await settings(tree)) await rm(repoFile(dir, path), { recursive: true, force: true });
  for (const { path, mode } of await settings(base)) {
    const file = await vault.readFile(base, path);
    if (file === null || mode === '120000') continue;
    await clearWay(dir, dirname(path));
    await rm(repoFile(dir, path), { recursive: true, force: true });
    await mkdir(repoFile(dir, dirname(path)), { recursive: true });
    await writeFile(repoFile(dir, path), file.content);
    if (mode === '100755') await chmod(repoFile(dir, path), 0o755);
  }
}

/** Takes out what is no folder on the way: a link could lead the writing elsewhere. */
async function clearWay(dir: string, folder: string): Promise<void> {
  if (folder === '.') return;
  await clearWay(dir, dirname(folder));
  const stat = await lstat(repoFile(dir, folder)).catch(() => null);
  if (stat !== null && !stat.isDirectory()) await rm(repoFile(dir, folder));
}
