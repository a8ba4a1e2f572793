import { OmkError } from '../../domain/error.ts';
import type { GoalState } from '../../domain/goal/state.ts';
import { visibleOf } from '../../domain/held-out/options.ts';
import type { BlobRef, CommitId, RepoPath, TreeId } from '../../domain/ids.ts';
import type { Snapshot } from '../../domain/git/snapshot.ts';
import type { LaidFile } from '../../world/git/port.ts';
import type { Context } from '../context.ts';
import { replaceCandidate } from '../perform/replace-candidate.ts';

type Some = Pick<Context, 'world' | 'session' | 'vault'>;

/** What an agent starts from: the base, with the checks that it sees. `state`: the goal as its task sees it. */
export async function withVisible(
  { world, session, vault }: Some,
  state: GoalState,
  from: { readonly commit: CommitId; readonly tree: TreeId },
): Promise<{ readonly commit: CommitId; readonly tree: TreeId }> {
  const files = await visibleFiles(world, state);
  if (files.length === 0) return from;
  const tree = await vault.lay(from.tree, files);
  const ref = `refs/omk/goals/${session.goal}/start`;
  const at = Math.floor(world.clock.now() / 1000);
  return { tree, commit: await vault.commit({ tree, parent: from.commit, message: 'Checks of the goal', ref, at }) };
}

/** A snapshot whose candidate has those checks as they were given, whatever became of them in the worktree. */
export async function freeze({ world, vault }: Some, state: GoalState, snapshot: Snapshot): Promise<Snapshot> {
  const files = await visibleFiles(world, state);
  if (files.length === 0) return snapshot;
  const { candidate } = snapshot;
  const tree = await vault.lay(candidate, files);
  if (tree === candidate) return snapshot;
  const kept = await replaceCandidate({ world, vault }, snapshot, tree, {
    refs: 'frozen',
    message: 'Checks of the goal, as they were given',
  });
  const paths = new Set<RepoPath>(files.map(({ path }) => path));
  const edited = (await vault.diff(candidate, tree)).map(({ path }) => path).filter((path) => paths.has(path));
  return { ...kept, frozen: edited };
}

/** Those checks with what is in them. */
export const visibleFiles = ({ store }: Some['world'], state: GoalState): Promise<readonly LaidFile[]> =>
  withContent(store, state, visibleOf(state));

export type Listed = Omit<LaidFile, 'content'> & { readonly blob: BlobRef };

/** Files of checks with what is in them. `OmkError` `HELD_OUT_LOST` where a content is gone. */
export function withContent(
  store: Some['world']['store'],
  { created }: GoalState,
  files: readonly Listed[],
): Promise<readonly LaidFile[]> {
  return Promise.all(
    files.map(async ({ path, mode, blob }) => {
      const content = await store.getBlob(blob.sha256);
      if (content !== null) return { path, mode, content };
      const why = `The checks of goal '${created?.goal ?? ''}' are gone`;
      throw new OmkError('HELD_OUT_LOST', why, 'a new omk run', { exit: 6 });
    }),
  );
}
