import { checksBelow } from '../../../domain/goal/checks-commit.ts';
import type { HeldOutFile } from '../../../domain/evidence/held-out.ts';
import type { CommitId } from '../../../domain/ids.ts';
import { sha256Hex } from '../../format/bytes.ts';
import type { Judged } from '../judged.ts';
import type { Recorder } from '../report.ts';
import { readChecked } from './contract.ts';
import type { GitDoor, ListedEntry } from './door.ts';
import { treeId } from './tree-id.ts';

/** What stands between the base and the result: nothing, or one commit with the checks that the worker saw, and nothing else. */
export async function checkBelow(
  { state, created }: Pick<Judged, 'state' | 'created'>,
  result: CommitId,
  base: readonly ListedEntry[],
  door: GitDoor,
  to: Recorder,
): Promise<void> {
  const { commit } = created.repository;
  const own = state.integrated?.checks;
  const isOnly = async (of: CommitId, parent: CommitId): Promise<boolean> => {
    const parents = await door.commitParents(of);
    return parents?.length === 1 && parents[0] === parent;
  };
  if (own === undefined) {
    to.check('E_BASE', await isOnly(result, commit), 'the only parent of the result is the base');
    return;
  }
  const inOrder = (await isOnly(result, own)) && (await isOnly(own, commit));
  to.check('E_BASE', inOrder, `between base and result is one commit, ${own}, with the checks that the worker saw`);
  const tree = await door.commitTree(own);
  const entries = tree === null ? null : await door.listTree(tree);
  const isThere = entries !== null && treeId(entries, (tree ?? '').length) === tree;
  if (!to.check('E_GIT', isThere, `the tree of ${own} is in the repository`) || !entries) return;
  const holds = await addsOnly(checksBelow(state), base, entries, door);
  to.check('E_SUBJECT', holds, `${own} is the base with these checks, and nothing else`);
}

async function addsOnly(
  checks: readonly HeldOutFile[],
  base: readonly ListedEntry[],
  entries: readonly ListedEntry[],
  door: GitDoor,
): Promise<boolean> {
  const wanted = new Map(checks.map((each) => [each.path, each]));
  const rest = (list: readonly ListedEntry[]): string =>
    list
      .filter(({ path }) => !wanted.has(path))
      .map(({ path, mode, id }) => `${mode} ${id} ${path}`)
      .sort()
      .join('\n');
  if (rest(base) !== rest(entries)) return false;
  for (const { path, mode, blob } of checks) {
    const there = entries.find((each) => each.path === path);
    const content = there && there.mode === mode ? await readChecked(door, there.id) : null;
    if (content === null || sha256Hex(content) !== blob.sha256) return false;
  }
  return true;
}
