import type { RepoPath, TreeId } from '../../domain/ids.ts';
import type { Vault } from '../../world/git/port.ts';

const NAME = /^(?:\.github\/|docs\/)?pull_request_template\.(?:md|txt)$/iu;

/** The pull request template of a tree, from the places where GitHub looks; null when there is none. */
export async function readTemplate(vault: Vault, tree: TreeId): Promise<string | null> {
  const found = (await vault.listTree(tree)).map(({ path }) => path).filter((path) => NAME.test(path));
  const [first] = found.sort((a, b) => rank(a) - rank(b));
  const file = first === undefined ? null : await vault.readFile(tree, first);
  return file?.content.toString('utf8') ?? null;
}

const rank = (path: RepoPath): number =>
  ['.github/', 'docs/'].findIndex((folder) => path.startsWith(folder)) + (path.includes('/') ? 0 : 1.5);
