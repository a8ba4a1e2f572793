import { LIMITS, type BundleReader } from '../../proof/verify/limits.ts';
import { at, parseJson } from '../../proof/format/json.ts';
import { decodeEnvelope } from '../../proof/format/envelope.ts';
import { PATCH, TERMINAL, dsseFile } from '../../proof/format/names.ts';
import { textOf } from '../../proof/format/bytes.ts';
import type { CommitId, GoalId, TreeId } from '../../domain/ids.ts';
import type { GitObjects, TreeEntry } from '../../world/git/port.ts';

const PROOFS = 'refs/omk/proofs';

/** How a proof was found for a commit: it is the commit of the proof, it has the tree that was judged, or it makes the same change. */
export type FoundBy = 'commit' | 'tree' | 'patch';

export interface FoundProof {
  readonly goal: GoalId;
  readonly by: FoundBy;
  readonly commit: CommitId;
  readonly bundle: BundleReader;
}

interface Candidate {
  readonly goal: GoalId;
  readonly by: FoundBy;
  readonly passed: boolean;
  readonly at: string;
}

const RANK: readonly FoundBy[] = ['commit', 'tree', 'patch'];

/**
 * The proof of a commit on `refs/omk/proofs`: of the commit itself, else of its tree, which a squash keeps, else of its change, which a
 * base that moved keeps. Nothing of it is verified here. Of several the one of a ready goal, and of those the newest.
 */
export async function findProof(
  proofs: GitObjects,
  repository: GitObjects,
  commit: CommitId,
): Promise<FoundProof | null> {
  const tip = await proofs.resolve(`${PROOFS}^{commit}`);
  if (tip === null) return null;
  const entries = await proofs.listTree(await proofs.commitTree(tip));
  const [tree, change] = await Promise.all([repository.commitTree(commit), repository.patchIdOf(commit)]);
  const found: Candidate[] = [];
  for (const { path, id } of entries.filter((each) => each.path.endsWith(`/${dsseFile(TERMINAL)}`))) {
    const goal = path.slice(0, path.indexOf('/'));
    const said = payload(await proofs.readBlob(id));
    const patch = entries.find((each) => each.path === `${goal}/${PATCH}`);
    const by = await foundBy(said, { commit, tree, change }, async () =>
      patch ? proofs.patchId(await proofs.readBlob(patch.id)) : null,
    );
    const passed = at(said, 'predicate', 'verificationResult') === 'PASSED';
    if (by !== null) found.push({ goal, by, passed, at: String(at(said, 'predicate', 'timeVerified')) });
  }
  const [best] = found.sort(
    (a, b) => RANK.indexOf(a.by) - RANK.indexOf(b.by) || Number(b.passed) - Number(a.passed) || (a.at < b.at ? 1 : -1),
  );
  return best ? { goal: best.goal, by: best.by, commit, bundle: await readBundle(proofs, best.goal, entries) } : null;
}

async function foundBy(
  said: unknown,
  { commit, tree, change }: { readonly commit: CommitId; readonly tree: TreeId; readonly change: string | null },
  changeOf: () => Promise<string | null>,
): Promise<FoundBy | null> {
  if (isSubject(said, 'gitCommit', commit)) return 'commit';
  if (isSubject(said, 'gitTree', tree)) return 'tree';
  return change !== null && (await changeOf()) === change ? 'patch' : null;
}

function payload(envelope: Uint8Array): unknown {
  const decoded = decodeEnvelope(envelope);
  return decoded.kind === 'envelope' ? parseJson(textOf(decoded.envelope.payload) ?? '') : null;
}

/** A base is what a goal without a candidate is about: it is no result. */
function isSubject(statement: unknown, digest: 'gitCommit' | 'gitTree', id: string): boolean {
  const subjects = at(statement, 'subject');
  return (
    Array.isArray(subjects) &&
    subjects.some((each) => String(at(each, 'name')).startsWith('HEAD') && at(each, 'digest', digest) === id)
  );
}

async function readBundle(proofs: GitObjects, goal: GoalId, entries: readonly TreeEntry[]): Promise<BundleReader> {
  const own = entries.filter(({ path }) => path.startsWith(`${goal}/`));
  const files = new Map<string, Uint8Array>();
  let total = 0;
  for (const { path, id, mode } of own.slice(0, LIMITS.files + 1)) {
    if (total > LIMITS.bundle || !mode.startsWith('100')) continue;
    const content = await proofs.readBlob(id);
    total += content.length;
    files.set(path.slice(goal.length + 1), content);
  }
  return {
    names: own.map(({ path }) => path.slice(goal.length + 1)),
    read: (name) => files.get(name) ?? null,
  };
}
