import type { CommitId } from '../../../domain/ids.ts';
import { missing, resolve } from '../objects/resolve.ts';
import type { GitCall } from '../run.ts';
import { git, gitText, pipeGit } from '../run.ts';
import { baseRef } from '../vault/place.ts';
import { PROOFS } from './proofs.ts';

async function parentsOf(call: GitCall, commit: CommitId): Promise<readonly CommitId[]> {
  const text = await gitText(['cat-file', 'commit', commit], call);
  return (text.split('\n\n', 1)[0] ?? '')
    .split('\n')
    .flatMap((line) => (line.startsWith('parent ') ? [line.slice(7)] : []));
}

/** Where the user's history ends and a result begins: the parents of its first commit. A result of several tasks has several commits. */
async function basesOf(vault: GitCall, commit: CommitId): Promise<readonly CommitId[]> {
  const bases = (await parentsOf(vault, commit)).map(async (parent) => {
    const isMade = (await resolve(vault, baseRef(parent))) === null && (await isWhole(vault, parent));
    return isMade ? basesOf(vault, parent) : [parent];
  });
  return [...new Set((await Promise.all(bases)).flat())];
}

/** Whether the commit and its parents are in the vault, which has no history of the user's. */
async function isWhole(vault: GitCall, commit: CommitId): Promise<boolean> {
  if ((await resolve(vault, `${commit}^{commit}`)) === null) return false;
  const parents = await parentsOf(vault, commit);
  const found = await Promise.all(parents.map((parent) => resolve(vault, `${parent}^{commit}`)));
  return parents.length > 0 && found.every((each) => each !== null);
}

/**
 * What the user's repository lacks of a commit and of the proofs, as one pack from the vault. Nothing is fetched, so
 * no hook and no setting for transports takes part. Returns the commits that the result begins on.
 */
export async function sendObjects(
  vault: GitCall,
  user: GitCall,
  commit: CommitId,
  proofs: CommitId | null,
  requireBase: (parents: readonly CommitId[]) => Promise<void>,
): Promise<readonly CommitId[]> {
  if ((await resolve(vault, `${commit}^{commit}`)) === null) throw missing(`The result ${commit.slice(0, 12)}`);
  const parents = await basesOf(vault, commit);
  await requireBase(parents);
  const known = proofs === null ? null : await resolve(user, `${PROOFS}^{commit}`);
  const knownHere = known === null ? null : await resolve(vault, `${known}^{commit}`);
  const revisions = [
    commit,
    ...(proofs === null ? [] : [proofs]),
    ...parents.map((id) => `^${id}`),
    ...(knownHere === null ? [] : [`^${knownHere}`]),
  ];
  await pipeGit(
    {
      args: ['pack-objects', '--revs', '--stdout', '--quiet', '--thin', '--delta-base-offset'],
      call: { ...vault, input: revisions.map((id) => `${id}\n`).join('') },
    },
    { args: ['index-pack', '--stdin', '--fix-thin'], call: { ...user, durable: true } },
  );
  // Every object is there before a reference says so.
  await git(
    ['rev-list', '--objects', '--quiet', commit, ...(proofs === null ? [] : [proofs]), '--not', ...parents],
    user,
  );
  return parents;
}
