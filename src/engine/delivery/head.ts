import { code } from '../../domain/delivery/body/text.ts';
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
 * Says where the base branch went, where a pull request that is open already gets a commit all the same; null: the commit has all
 * of it. `OmkError` `BASE_NOT_PUSHED`, `BASE_MOVED`: a pull request shows what was judged and nothing else.
 */
export async function requireBase(
  remote: RemoteRepository,
  { created: { repository, goal, origin }, integrated }: Result,
  base: string,
  tip: CommitId,
): Promise<string | null> {
  if (tip === repository.commit) return null;
  await remote.fetch(base, tip);
  if (origin?.kind === 'pull_request') {
    if (await remote.isAncestor(tip, integrated.commit)) return null;
    return `Branch ${code(base)} has commits since that this was not judged with.`;
  }
  if (await remote.isAncestor(repository.commit, tip)) {
    const commits = await remote.commitsBetween(repository.commit, tip);
    throw new OmkError(
      'BASE_MOVED',
      `Branch '${base}' of '${remote.name}' has ${commits} commit${commits === 1 ? '' : 's'} that goal '${goal}' was not judged with`,
      `git pull, then a new omk run; or omk goal apply ${goal}, which keeps the result as it is`,
      { exit: 3 },
    );
  }
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
