import { OmkError } from '../../../domain/error.ts';
import type { CommitId, TreeId } from '../../../domain/ids.ts';
import type { GitCall } from '../run.ts';
import { tryGit } from '../run.ts';

/** The id a revision names, or null. `--end-of-options`: a name that starts with a dash is a name. */
export async function resolve(call: GitCall, revision: string): Promise<string | null> {
  if (revision.includes('\0')) return null;
  const found = await tryGit(['rev-parse', '--verify', '--quiet', '--end-of-options', revision], call);
  const text = found.stdout.toString('utf8').trim();
  return found.code === 0 && /^[0-9a-f]{40,64}$/.test(text) ? text : null;
}

export function missing(what: string): OmkError {
  return new OmkError(
    'GIT_OBJECT_MISSING',
    `${what} is not in the repository.`,
    'Fetch it, for example with `git fetch --unshallow`, and run the command again.',
    { exit: 6 },
  );
}

/** `OmkError` `GIT_OBJECT_MISSING`. */
export async function resolveTree(call: GitCall, commit: CommitId): Promise<TreeId> {
  const tree = await resolve(call, `${commit}^{tree}`);
  if (tree === null) throw missing(`Commit ${commit}`);
  return tree;
}
