import { tmpdir } from 'node:os';
import type { CommitId } from '../../../domain/ids.ts';
import { commitTree } from '../objects/commit.ts';
import { editTree } from '../objects/edit.ts';
import { resolve, resolveTree } from '../objects/resolve.ts';
import { readTree } from '../objects/tree.ts';
import type { GitCall } from '../run.ts';
import { isAncestor, youngerTime } from './ancestor.ts';

export const PROOFS = 'refs/omk/proofs';

export interface RefMove {
  readonly ref: string;
  readonly to: CommitId;
  /** What the ref has to have, null for anything. */
  readonly from: CommitId | null;
}

/**
 * Where `refs/omk/proofs` of the user's repository goes, null where it can stay. Proofs that came there from
 * another vault are kept: the two are joined.
 */
export async function joinProofs(user: GitCall, proofs: CommitId): Promise<RefMove | null> {
  const known = await resolve(user, `${PROOFS}^{commit}`);
  if (known === null || (await isAncestor(user, known, proofs))) return { ref: PROOFS, to: proofs, from: known };
  if (await isAncestor(user, proofs, known)) return null;
  const edits = [...(await readTree(user, proofs))].map(([path, entry]) => ({ path, entry }));
  const tree = await editTree(user, tmpdir(), await resolveTree(user, known), edits);
  const at = await youngerTime(user, known, proofs);
  return {
    ref: PROOFS,
    to: await commitTree(user, { tree, parents: [known, proofs], message: 'Join proofs', at }),
    from: known,
  };
}
