import { OmkError } from '../../domain/error.ts';
import type { RepositoryPin } from '../../domain/goal/event.ts';
import type { CommitId } from '../../domain/ids.ts';
import type { Given } from '../../domain/plan/given.ts';
import type { Heads, RemoteRepository } from '../../world/git/port.ts';
import type { Result } from './result.ts';

/** The branch that a result would be meant for. A given change did not begin on the branch that is checked out, which may be its own. */
export function wishedBase(
  remote: string,
  { given, repository }: { readonly given?: Pick<Given, 'name'>; readonly repository: Pick<RepositoryPin, 'branch'> },
): string | null {
  if (!given) return repository.branch;
  const [left = '', right] = given.name.split('..');
  if (right === undefined || left === '') return null;
  return left.startsWith(`${remote}/`) ? left.slice(remote.length + 1) : left;
}

/** The branch that a result is meant for: as asked, else as wished, else the main one of the remote. */
export function chooseBase(
  remote: RemoteRepository,
  { main, heads }: Heads,
  asked: string | null,
  wished: string | null,
): string {
  const base = asked ?? [wished, main].find((name) => name !== null && heads.has(name)) ?? null;
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
