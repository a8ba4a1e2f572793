import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { OmkError } from '../../../domain/error.ts';
import type { CommitId, RepoPath } from '../../../domain/ids.ts';
import { commitTree } from '../objects/commit.ts';
import { resolve } from '../objects/resolve.ts';
import { zeroId } from '../objects/id.ts';
import { readIndex, type RawEntry } from '../objects/tree.ts';
import { type RawPath, toRepoPath } from '../../../domain/git/path-bytes.ts';
import { withoutDrivers } from '../repository/drivers.ts';
import type { Located } from '../repository/locate.ts';
import { checkoutStatus } from '../repository/status.ts';
import type { GitCall } from '../run.ts';
import { git, tryGit } from '../run.ts';
import { isAncestor, youngerTime } from './ancestor.ts';
import { changesBetween, checkoutSide, indexInfo, type Change, type CheckoutSide } from './checkout-side.ts';
import { filteredPaths } from './filtered.ts';
import { mergeTrees } from './merge-trees.ts';

/** A checkout of the user: a merge has to have one. */
type UserCall = GitCall & { readonly workTree: string };

/** Where the branch that is checked out goes. */
export interface MergePlan {
  readonly ref: string;
  readonly from: CommitId;
  readonly to: CommitId;
  readonly zero: string;
  /** Files that a merge that was ended in the middle has brought there already. */
  readonly done: readonly Change[];
}

const UNDER_WAY = ['MERGE_HEAD', 'CHERRY_PICK_HEAD', 'REVERT_HEAD', 'rebase-merge', 'rebase-apply', 'BISECT_LOG'];

function list(paths: readonly RepoPath[]): string {
  const more = paths.length - 5;
  return paths.slice(0, 5).map(toRepoPath).join(', ') + (more > 0 ? ` and ${more} more` : '');
}

function dirty(what: string): OmkError {
  return new OmkError(
    'CHECKOUT_DIRTY',
    `The checkout is not clean: ${what}.`,
    'Commit or stash your changes and run the command again, or leave out --merge.',
  );
}

function requireIdle(found: Located): void {
  const underWay = UNDER_WAY.find((name) => existsSync(join(found.gitDir, name)));
  if (underWay !== undefined) throw dirty(`a merge, rebase or the like is under way (${underWay})`);
  const lock = join(found.gitDir, 'index.lock');
  if (!existsSync(lock)) return;
  throw new OmkError(
    'CHECKOUT_LOCKED',
    `git works in this checkout, or was killed there: ${lock} exists.`,
    'Wait for it, or remove that file when no git runs, then run the command again.',
  );
}

/** Nothing of the user's is written over. What a merge that was ended in the middle left is no change of the user. */
async function requireClean(user: UserCall, zero: string, changes: readonly Change[]): Promise<CheckoutSide> {
  const [{ changed }, side] = await Promise.all([checkoutStatus(user), checkoutSide(user, zero, changes)]);
  const merged = new Set(changes.map(({ path }) => path));
  const staged = changed.some((path) => merged.has(path)) ? await stagedOtherwise(user, changes) : [];
  const edited = [...changed.filter((path) => !merged.has(path)), ...side.edited, ...staged];
  if (edited.length > 0) throw dirty(list([...new Set(edited)].sort()));
  if (side.inTheWay.length === 0) return side;
  throw new OmkError(
    'FILE_IN_THE_WAY',
    `The merge would write over files that git does not have: ${list(side.inTheWay)}.`,
    'Move them away and run the command again, or leave out --merge.',
  );
}

/** Paths whose entry in the index is neither what they were nor what the merge makes of them. */
async function stagedOtherwise(user: UserCall, changes: readonly Change[]): Promise<readonly RawPath[]> {
  const staged = await readIndex(user);
  const same = (one: RawEntry | null | undefined, other: RawEntry | null): boolean =>
    (one?.id ?? null) === (other?.id ?? null) && (one?.mode ?? null) === (other?.mode ?? null);
  return changes
    .filter(({ path, old, now }) => !same(staged.get(path), old) && !same(staged.get(path), now))
    .map(({ path }) => path);
}

/**
 * Decides a merge without touching the checkout; `commit` and its objects are in the user's repository already.
 * `OmkError` `HEAD_DETACHED`, `CHECKOUT_DIRTY`, `CHECKOUT_LOCKED`, `FILE_IN_THE_WAY`, `MERGE_CONFLICT`, `MERGE_NEEDS_FILTER`.
 */
export async function planMerge(
  found: Located,
  user: UserCall,
  commit: CommitId,
  parents: readonly CommitId[],
): Promise<MergePlan> {
  const head = await tryGit(['symbolic-ref', '--quiet', 'HEAD'], user);
  const ref = head.stdout.toString('utf8').trim();
  if (head.code !== 0 || !ref.startsWith('refs/heads/'))
    throw new OmkError(
      'HEAD_DETACHED',
      'No branch is checked out, so there is nothing to merge into.',
      'Check out a branch, or leave out --merge.',
    );
  const from = await resolve(user, 'HEAD^{commit}');
  if (from === null)
    throw new OmkError(
      'NO_COMMITS',
      'The branch that is checked out has no commits.',
      'Check out another branch, or leave out --merge.',
    );
  requireIdle(found);
  const to = await target(found, user, from, commit, parents);
  const changes = await changesBetween(user, from, to);
  const { done } = await requireClean(user, zeroId(found.format), changes);
  const filtered = await filteredPaths(user, from, to);
  if (filtered.length > 0) {
    throw new OmkError(
      'MERGE_NEEDS_FILTER',
      `The merge changes files that a git filter handles, and omk runs no filters: ${list(filtered)}.`,
      'Leave out --merge and run `git merge` with the new branch yourself.',
    );
  }
  return { ref, from, to, zero: zeroId(found.format), done: changes.filter(({ path }) => done.has(path)) };
}

async function target(
  found: Located,
  user: GitCall,
  from: CommitId,
  commit: CommitId,
  parents: readonly CommitId[],
): Promise<CommitId> {
  if (from === commit || (await isAncestor(user, commit, from))) return from;
  if (parents.includes(from) || (await isAncestor(user, from, commit))) return commit;
  const merged = await mergeTrees(found, from, commit);
  if (merged.kind === 'conflict') {
    throw new OmkError(
      'MERGE_CONFLICT',
      `The result does not merge cleanly: ${list(merged.paths)}.`,
      'Leave out --merge and merge the new branch yourself.',
    );
  }
  const at = await youngerTime(user, from, commit);
  return commitTree(user, {
    tree: merged.tree,
    parents: [from, commit],
    message: `Merge ${commit.slice(0, 12)} (omk)`,
    at,
  });
}

/** Brings the checkout and its index along, then the references; the checkout goes back when they do not move. */
export async function mergeInto(user: GitCall, plan: MergePlan, moveRefs: () => Promise<void>): Promise<void> {
  const own: GitCall = { ...user, config: [...(user.config ?? []), ...(await withoutDrivers(user))] };
  const move = (from: CommitId, to: CommitId): readonly string[] => [
    'read-tree',
    '-m',
    '-u',
    '--no-recurse-submodules',
    from,
    to,
  ];
  if (plan.done.length > 0) {
    const input = indexInfo(
      plan.zero,
      plan.done.map(({ path, now }) => [path, now]),
    );
    await git(['update-index', '-z', '--index-info'], { ...own, input });
  }
  await tryGit(['update-index', '-q', '--refresh'], own);
  const moved = await tryGit(move(plan.from, plan.to), own);
  if (moved.code !== 0) throw dirty(moved.stderr.trim().split('\n')[0] ?? 'git refused to change its files');
  try {
    await moveRefs();
  } catch (error) {
    await git(move(plan.to, plan.from), own);
    throw error;
  }
}
