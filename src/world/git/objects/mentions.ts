import type { TreeId } from '../../../domain/ids.ts';
import { readObjects } from './read.ts';
import type { RawTree } from './tree.ts';
import { type RawPath, toRepoPath } from '../../../domain/git/path-bytes.ts';
import type { Mention } from '../port.ts';
import { failure, type GitCall, tryGit } from '../run.ts';

/** A needle with one of these would be several patterns, or none. */
const UNSEARCHABLE = /[\0\r\n]/;
/** What more files than this mention is an everyday word. */
const MOST = 500;

/** Text files of a tree that hold one of these strings. One that is an everyday word is not looked for, the others still are. */
export async function mentions(
  call: GitCall,
  tree: TreeId,
  needles: readonly string[],
  listed: (tree: TreeId) => Promise<RawTree>,
): Promise<readonly Mention[]> {
  const wanted = [...new Set(needles)].filter((needle) => needle !== '' && !UNSEARCHABLE.test(needle));
  const paths = [...new Set(await holding(call, tree, wanted))].sort();
  if (paths.length === 0) return [];
  const entries = await listed(tree);
  const files = paths.map((path) => ({ path, id: entries.get(path)?.id ?? '' })).filter(({ id }) => id !== '');
  const contents = await readObjects(
    call,
    files.map(({ id }) => id),
  );
  return files.map(({ path }, index) => ({
    path: toRepoPath(path),
    text: contents[index]?.content.toString('utf8') ?? '',
  }));
}

/** Whoever changes a file with an everyday name must not thereby keep the names of other files from being found. */
async function holding(call: GitCall, tree: TreeId, needles: readonly string[]): Promise<readonly RawPath[]> {
  if (needles.length === 0) return [];
  const args = ['grep', '-l', '-z', '-I', '--full-name', '--no-recurse-submodules', '-F', '-f', '-', tree, '--'];
  const found = await tryGit(args, { ...call, input: `${needles.join('\n')}\n` });
  // 1 says that there are none.
  if (found.code > 1) throw failure(args, found);
  const prefix = `${tree}:`;
  const paths: RawPath[] = found.stdout
    .toString('latin1')
    .split('\0')
    .filter((line) => line.startsWith(prefix))
    .map((line) => line.slice(prefix.length));
  if (paths.length <= MOST) return paths;
  if (needles.length === 1) return [];
  const half = Math.ceil(needles.length / 2);
  return [...(await holding(call, tree, needles.slice(0, half))), ...(await holding(call, tree, needles.slice(half)))];
}
