import { parseReference, type Reference } from '../../domain/delivery/reference.ts';
import { placeName, type RemotePlace } from '../../domain/delivery/remote.ts';
import { OmkError } from '../../domain/error.ts';
import { cleanLine } from '../../domain/text/clean.ts';
import type { Forge, PullRequest } from '../../world/forge/port.ts';
import type { FoundChange, Git, InspectedRepository, RemoteRepository, Vault } from '../../world/git/port.ts';

interface Doors {
  readonly git: Pick<Git, 'withRemote' | 'openVault'>;
  readonly forge: Forge;
}

/**
 * What a pull request changes since it left its base branch, in the vault. The user's repository gets nothing of it.
 * `OmkError` `PR_INVALID`, `PR_ELSEWHERE`, `FORGE_UNKNOWN`, `NO_MERGE_BASE`, `FORGE_*`.
 */
export async function changeOfPullRequest(
  { git, forge }: Doors,
  { pin }: InspectedRepository,
  text: string,
): Promise<FoundChange> {
  const asked = parse(text);
  const vault = await git.openVault(pin);
  const request = { vault, root: pin.root, remote: null, branch: pin.branch };
  const judged = git.withRemote(request, async (remote) => {
    requireSame(asked.place, remote, text);
    const repository = remote.place && (await forge.at(remote.place));
    if (!repository)
      throw new OmkError(
        'FORGE_UNKNOWN',
        `Remote '${remote.name}' is on no forge that omk can ask`,
        'fetch the branch and judge it: omk judge <base>..<branch>; for GitHub Enterprise: gh auth login --hostname <host>',
      );
    return fetched(remote, vault, await repository.pullRequest(asked.number));
  });
  return judged.catch((error: unknown) => {
    const fix = error instanceof OmkError ? REMOTE_FIXES[error.code] : undefined;
    throw error instanceof OmkError && fix !== undefined ? new OmkError(error.code, error.message, fix) : error;
  });
}

/** Judging has no flag that names a remote. */
const REMOTE_FIXES: Readonly<Record<string, string>> = {
  REMOTE_NONE: 'git remote add origin <url>; or fetch its branch and judge it: omk judge <base>..<branch>',
  REMOTE_UNKNOWN:
    'git config remote.pushDefault <name> says which one is meant; or fetch its branch and judge it: omk judge <base>..<branch>',
};

async function fetched(remote: RemoteRepository, vault: Vault, found: PullRequest): Promise<FoundChange> {
  const { base: branch, commit, number } = found;
  const { heads } = await remote.heads([branch]);
  const tip = heads.get(branch);
  if (tip === undefined)
    throw new OmkError(
      'BASE_BRANCH_MISSING',
      `Remote '${remote.name}' has no branch '${cleanLine(branch)}', which pull request #${number} is for`,
      'omk judge <base>..<branch>',
    );
  await remote.fetch(branch, tip);
  await remote.fetchPullRequest(number, found.branch, commit);
  const base = await remote.mergeBase(tip, commit);
  if (base === null)
    throw new OmkError(
      'NO_MERGE_BASE',
      `Pull request #${number} and branch '${cleanLine(branch)}' share no commit${remote.shallow ? ' in this shallow clone' : ''}`,
      remote.shallow ? 'git fetch --unshallow' : 'omk judge --tree <commit> --base <commit>',
    );
  await vault.fetchBase(remote.dir, base);
  await vault.fetchBase(remote.dir, commit);
  return {
    base: { commit: base, tree: await vault.treeOf(base), why: `where it left ${cleanLine(branch)}` },
    tree: await vault.treeOf(commit),
    commit,
    name: `pull request #${number}`,
    leftOut: [],
  };
}

function requireSame(place: RemotePlace | null, remote: RemoteRepository, text: string): void {
  if (place === null || (remote.place && placeName(remote.place).toLowerCase() === placeName(place).toLowerCase()))
    return;
  throw new OmkError(
    'PR_ELSEWHERE',
    `${cleanLine(text)} is not of the repository that remote '${remote.name}' is`,
    'go to a clone of that repository',
  );
}

function parse(text: string): Reference {
  const found = parseReference(text, 'pull');
  if (found) return found;
  throw new OmkError(
    'PR_INVALID',
    `--pr must be a number or the address of a pull request, not '${cleanLine(text)}'`,
    '--pr 42, or --pr https://github.com/owner/name/pull/42',
  );
}
