import type { TreeId } from '../../../domain/ids.ts';
import { commitTree } from '../objects/commit.ts';
import type { GitCall } from '../run.ts';
import { git, tryGit } from '../run.ts';

const INCOMPLETE = 'Omk-Salvage: incomplete';

export interface Kept {
  readonly candidate: TreeId;
  readonly salvage: TreeId;
  readonly ref: string;
  readonly message: string;
  readonly at: number;
  /** False when something in the worktree is in neither tree. */
  readonly complete: boolean;
}

/** One ref keeps both trees: the candidate's commit has the salvage's commit as its parent when they differ. */
export async function keepTrees(call: GitCall, { candidate, salvage, ref, message, at, complete }: Kept): Promise<void> {
  const parents = candidate === salvage ? [] : [await commitTree(call, { tree: salvage, parents: [], message: `Salvage of: ${message}`, at })];
  const text = complete ? message : `${message}\n\n${INCOMPLETE}`;
  const commit = await commitTree(call, { tree: candidate, parents, message: text, at });
  await git(['update-ref', ref, commit], { ...call, durable: true });
}

export type Keeping = 'complete' | 'incomplete' | 'absent';

/** Whether a ref keeps everything of a worktree. */
export async function keptBy(call: GitCall, ref: string): Promise<Keeping> {
  if (!ref.startsWith('refs/')) return 'absent';
  const found = await tryGit(['cat-file', 'commit', ref], call);
  if (found.code !== 0) return 'absent';
  return found.stdout.toString('utf8').split('\n').includes(INCOMPLETE) ? 'incomplete' : 'complete';
}
