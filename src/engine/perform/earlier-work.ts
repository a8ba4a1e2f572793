import { attemptsOf } from '../../domain/goal/attempts.ts';
import type { GoalState } from '../../domain/goal/state.ts';
import type { CommitId, RepoPath, TreeId } from '../../domain/ids.ts';
import { isLockFile } from '../../domain/queue/lock-file.ts';
import type { MergedTrees } from '../../domain/goal/merge.ts';
import type { MergedWork, Pin } from '../../domain/goal/task.ts';
import type { Snapshot } from '../../domain/git/snapshot.ts';
import { created, type Context } from '../context.ts';
import { relockFor, settle } from './settle.ts';

type Some = Pick<Context, 'world' | 'session' | 'vault'>;

export interface Start {
  readonly commit: CommitId;
  readonly tree: TreeId;
  readonly merged?: MergedWork;
}

/** What the next attempt starts from: the head, and work of its task that came back, merged onto it with marks of both sides. */
export async function withEarlierWork(context: Some, task: string, head: Pin): Promise<Start> {
  const { world, session, vault } = context;
  const returned = returnedLast(session.state, task);
  if (!returned) return head;
  const [raw] = await vault.mergeChain(head.tree, [returned]);
  if (raw === undefined) return head;
  const merge = await settle(vault, { onto: head.tree, ...returned }, raw, relockFor(context));
  const tree = await startTree(vault, head.tree, merge);
  if (tree === undefined) return head;
  const ref = `refs/omk/goals/${session.goal}/start`;
  const at = Math.floor(world.clock.now() / 1000);
  const commit = await vault.commit({
    tree,
    parent: head.commit,
    message: 'Earlier work on this task, merged',
    ref,
    at,
  });
  const paths = merge.kind === 'conflict' ? merge.paths : [];
  return { tree, commit, merged: { attempt: returned.attempt, paths: paths.filter((path) => !isLockFile(path)) } };
}

/** The work that came back last, where no attempt has begun since. */
function returnedLast(state: GoalState, id: string) {
  const returned = state.tasks.find((task) => task.id === id)?.returned.at(-1);
  const last = attemptsOf(state, id).at(-1);
  if (!returned || last?.attempt !== returned.attempt) return null;
  return { ...returned, base: last.base?.tree ?? created(state).repository.tree };
}

/** Lock files are those of the head: marks in them help nobody. */
async function startTree(vault: Context['vault'], head: TreeId, merge: MergedTrees): Promise<TreeId | undefined> {
  if (merge.kind === 'clean') return merge.tree;
  if (merge.marked === undefined) return undefined;
  const locks = merge.paths.filter(isLockFile);
  const files = await Promise.all(locks.map(async (path) => ({ path, file: await vault.readFile(head, path) })));
  return vault.lay(
    merge.marked,
    files.flatMap(({ path, file }) => (file ? [{ path, mode: '100644' as const, content: file.content }] : [])),
  );
}

const LEFT = { code: 'E_MERGE_MARKS', detail: 'it still has the marks of both sides of a merge' } as const;
const MARKS = [/^<{7} /m, /^>{7} /m];

/** A snapshot that says where marks of both sides are left, which is never delivered. */
export async function withoutMarks(
  vault: Pick<Context['vault'], 'readFile'>,
  marked: readonly RepoPath[],
  snapshot: Snapshot,
): Promise<Snapshot> {
  const files = await Promise.all(
    marked.map(async (path) => ({ path, file: await vault.readFile(snapshot.candidate, path) })),
  );
  const left = files.filter(({ file }) => {
    const text = file?.content.toString('utf8') ?? '';
    return MARKS.every((mark) => mark.test(text));
  });
  return left.length === 0
    ? snapshot
    : { ...snapshot, refused: [...snapshot.refused, ...left.map(({ path }) => ({ path, ...LEFT }))] };
}
