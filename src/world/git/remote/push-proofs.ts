import { tmpdir } from 'node:os';
import { toRaw } from '../../../domain/git/path-bytes.ts';
import type { CommitId, GoalId } from '../../../domain/ids.ts';
import { commitTree } from '../objects/commit.ts';
import { editTree } from '../objects/edit.ts';
import { resolveTree } from '../objects/resolve.ts';
import { readTree, type RawEntry } from '../objects/tree.ts';
import type { RawPath } from '../../../domain/git/path-bytes.ts';
import type { PushResult } from '../port.ts';
import type { GitCall } from '../run.ts';

/** How often others may add to the proofs of the remote meanwhile. */
const TRIES = 5;

interface Doors {
  /** Sees the objects of all sides. */
  readonly call: GitCall;
  /** What the remote has under `refs/omk/proofs` now, with its objects; null where it has none. */
  readonly tip: () => Promise<CommitId | null>;
  readonly push: (commit: CommitId) => Promise<PushResult>;
}

interface Proofs {
  /** A commit that has the proofs of these goals, each in a folder of its name. */
  readonly from: CommitId;
  readonly goals: readonly GoalId[];
  readonly at: number;
}

/** Puts proofs of some goals, and of no other, on top of those that the remote has. Never forced. */
export async function pushProofs(
  { call, tip, push }: Doors,
  { from, goals, at }: Proofs,
): Promise<'pushed' | 'there' | 'busy'> {
  const isWanted = (path: RawPath): boolean => goals.some((goal) => path.startsWith(toRaw(`${goal}/`)));
  const wanted = [...(await readTree(call, from))].filter(([path]) => isWanted(path));
  for (let tries = 0; tries < TRIES; tries++) {
    const known = await tip();
    const there = known === null ? new Map<RawPath, RawEntry>() : await readTree(call, known);
    const mine = [...there].filter(([path]) => isWanted(path));
    if (mine.length === wanted.length && wanted.every(([path, { id }]) => there.get(path)?.id === id)) return 'there';
    const edits = [
      ...mine.map(([path]) => ({ path, entry: null })),
      ...wanted.map(([path, entry]) => ({ path, entry })),
    ];
    const tree = await editTree(call, tmpdir(), known === null ? null : await resolveTree(call, known), edits);
    const message = `Proof of ${goals.join(', ')}`;
    const commit = await commitTree(call, { tree, parents: known === null ? [] : [known], message, at });
    if ((await push(commit)).kind === 'pushed') return 'pushed';
  }
  return 'busy';
}
