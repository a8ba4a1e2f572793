import { OmkError } from '../../domain/error.ts';
import type { CommitId } from '../../domain/ids.ts';
import type { Heads, RemoteRepository } from '../../world/git/port.ts';
import type { Result } from './result.ts';

/** The branch that a result is meant for: as asked, else the one that the goal began on, else the main one of the remote. */
export function chooseBase(
  remote: RemoteRepository,
  { main, heads }: Heads,
  asked: string | null,
  branch: string | null,
): string {
  const base = asked ?? [branch, main].find((name) => name !== null && heads.has(name)) ?? null;
  if (base !== null && heads.has(base)) return base;
  throw new OmkError(
    'BASE_BRANCH_MISSING',
    base === null
      ? `Remote '${remote.name}' has no branch to deliver to`
      : `Remote '${remote.name}' has no branch '${base}'`,
    '--base <branch>',
  );
}

/**
 * Whether the commit has all that its base branch has. `OmkError` `BASE_NOT_PUSHED`: a pull request shows what was judged and
 * nothing else.
 */
export async function isOnBase(
  remote: RemoteRepository,
  { created: { repository, goal, origin }, commit }: Result,
  base: string,
  tip: CommitId,
): Promise<boolean> {
  if (tip === repository.commit) return true;
  await remote.fetch(base, tip);
  // What goes on with a pull request is on the branch of that.
  const pushed = origin?.kind === 'pull_request' || (await remote.isAncestor(repository.commit, tip));
  if (pushed) return remote.isAncestor(tip, commit);
  throw new OmkError(
    'BASE_NOT_PUSHED',
    `Commit ${repository.commit.slice(0, 12)}, which goal '${goal}' started from, is not on branch '${base}' of ` +
      `'${remote.name}'${remote.shallow ? ', as far as this shallow clone shows' : ''}`,
    remote.shallow
      ? 'git fetch --unshallow, then run the command again'
      : `push it first, or --base <a branch that has it>`,
    { exit: 3 },
  );
}
