import type { CommitId, TreeId } from '../../../domain/ids.ts';
import { resolve, resolveTree } from '../objects/resolve.ts';
import type { AskedChange, FoundChange, InspectedRepository } from '../port.ts';
import { locate } from '../repository/locate.ts';
import { fetchBase, fetchTree } from '../vault/fetch-base.ts';
import type { VaultPlace } from '../vault/place.ts';
import { commitOf, mergeBase, needMergeBase, revisionUnknown, type Asked } from './revisions.ts';
import { takeTree } from './take-tree.ts';

/**
 * A change that a user names, with its base and its tree in the vault. Nothing is written to the checkout, its index or its
 * repository. `OmkError` `REVISION_UNKNOWN`, `NO_MERGE_BASE`, `INDEX_UNMERGED`, `WORKING_TREE_UNREADABLE`.
 */
export async function findChange(
  place: VaultPlace,
  { pin, shallow }: InspectedRepository,
  change: AskedChange,
): Promise<FoundChange> {
  const { gitDir } = await locate(pin.root);
  const asked: Asked = { call: { gitDir, whose: 'user' }, shallow };
  const base = await baseOf(asked, pin.commit, change);
  await fetchBase(place, pin.root, base.commit);
  const tree = await resolveTree(place.call, base.commit);
  return { ...(await candidateOf(place, asked, pin.root, change)), base: { ...base, tree } };
}

type Base = Omit<FoundChange['base'], 'tree'>;

async function baseOf(asked: Asked, head: CommitId, change: AskedChange): Promise<Base> {
  if (change.kind === 'range') {
    const from = { name: change.from, commit: await commitOf(asked, change.from) };
    const to = { name: change.to, commit: await commitOf(asked, change.to) };
    const commit = await needMergeBase(asked, from, to);
    return { commit, why: commit === from.commit ? from.name : `the merge base of ${from.name} and ${to.name}` };
  }
  if (change.base !== null) return { commit: await commitOf(asked, change.base), why: change.base };
  const before = change.kind === 'working_tree' && change.since ? await leftAt(asked, head, change.since) : null;
  if (before !== null) return { commit: before, why: 'where the session began' };
  const upstream = change.kind === 'working_tree' ? await resolve(asked.call, '@{upstream}^{commit}') : null;
  const shared = upstream === null ? null : await mergeBase(asked, head, upstream);
  return shared === null || shared === head
    ? { commit: head, why: 'HEAD' }
    : { commit: shared, why: 'the merge base of HEAD and its upstream' };
}

/** Where HEAD left a commit that it was at; null where that is not here any more. */
async function leftAt(asked: Asked, head: CommitId, since: string): Promise<CommitId | null> {
  const commit = await resolve(asked.call, `${since}^{commit}`);
  return commit === null ? null : ((await mergeBase(asked, head, commit)) ?? commit);
}

type Candidate = Omit<FoundChange, 'base'>;

async function candidateOf(place: VaultPlace, asked: Asked, root: string, change: AskedChange): Promise<Candidate> {
  switch (change.kind) {
    case 'range':
      return ofCommit(place, root, await commitOf(asked, change.to), `${change.from}..${change.to}`);
    case 'tree': {
      const commit = await resolve(asked.call, `${change.tree}^{commit}`);
      if (commit !== null) return ofCommit(place, root, commit, change.tree);
      const tree = await resolve(asked.call, `${change.tree}^{tree}`);
      if (tree === null) throw revisionUnknown(asked, change.tree, 'neither a tree nor a commit');
      await fetchTree(place, asked.call, tree);
      return { tree, commit: null, name: `tree ${tree.slice(0, 12)}`, leftOut: [] };
    }
    case 'staged':
    case 'working_tree':
      // What is put back as HEAD has it must be there.
      await fetchBase(place, root, await commitOf(asked, 'HEAD'));
      return {
        ...(await takeTree(place, root, change.kind)),
        commit: null,
        name: change.kind === 'staged' ? 'the index' : 'the working tree',
      };
  }
}

async function ofCommit(place: VaultPlace, root: string, commit: CommitId, name: string): Promise<Candidate> {
  await fetchBase(place, root, commit);
  const tree: TreeId = await resolveTree(place.call, commit);
  return { tree, commit, name, leftOut: [] };
}
