import { OmkError } from '../../../domain/error.ts';
import type { CommitId } from '../../../domain/ids.ts';
import { resolve } from '../objects/resolve.ts';
import { gitText, tryGit, type GitCall } from '../run.ts';

/** A repository of the user to ask for commits. */
export interface Asked {
  readonly call: GitCall;
  readonly shallow: boolean;
}

/** `OmkError` `REVISION_UNKNOWN`. */
export async function commitOf({ call, shallow }: Asked, revision: string): Promise<CommitId> {
  const found = await resolve(call, `${revision}^{commit}`);
  if (found !== null) return found;
  const [, of] = /^(.+?)[~^]\d*$/u.exec(revision) ?? [];
  if (!shallow && of !== undefined && (await resolve(call, `${of}^{commit}`)) !== null)
    throw new OmkError(
      'REVISION_UNKNOWN',
      `'${revision}' is no commit: '${of}' has no such parent`,
      'compare with another commit: there is nothing before the first one',
    );
  throw revisionUnknown({ shallow }, revision, 'no commit');
}

export const revisionUnknown = ({ shallow }: Pick<Asked, 'shallow'>, revision: string, what: string): OmkError =>
  new OmkError(
    'REVISION_UNKNOWN',
    `'${revision}' is ${what} of this repository${shallow ? ', which is a shallow clone' : ''}`,
    shallow ? 'git fetch --unshallow, or git fetch --deepen=10' : 'git log --oneline --all shows what there is',
  );

/** The newest commit that both have, null when they share none that is here. */
export async function mergeBase({ call }: Asked, one: CommitId, other: CommitId): Promise<CommitId | null> {
  const found = await tryGit(['merge-base', one, other], call);
  if (found.code === 1) return null;
  return found.code === 0
    ? (found.stdout.toString('utf8').split('\n')[0] ?? null)
    : gitText(['merge-base', one, other], call);
}

/** `OmkError` `NO_MERGE_BASE`. */
export async function needMergeBase(
  asked: Asked,
  from: { readonly name: string; readonly commit: CommitId },
  to: { readonly name: string; readonly commit: CommitId },
): Promise<CommitId> {
  const found = await mergeBase(asked, from.commit, to.commit);
  if (found !== null) return found;
  throw new OmkError(
    'NO_MERGE_BASE',
    asked.shallow
      ? `'${from.name}' and '${to.name}' share no commit in this shallow clone`
      : `'${from.name}' and '${to.name}' share no commit`,
    `${asked.shallow ? 'git fetch --unshallow; or ' : ''}omk judge --tree ${to.name} --base ${from.name}`,
  );
}
