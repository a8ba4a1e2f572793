import { OmkError } from '../../../domain/error.ts';
import type { CommitId, TreeId } from '../../../domain/ids.ts';
import type { GitCall } from '../run.ts';
import { tryGit } from '../run.ts';
import { idOf } from './read.ts';

/** What names one object or none, whatever else is in the repository: a whole id, followed to a commit or tree, or a ref of omk. */
const EXACT = /^(?:[0-9a-f]{40}(?:[0-9a-f]{24})?\^\{(?:commit|tree)\}|refs\/omk\/[\w./-]+(?:\^\{(?:commit|tree)\})?)$/;

/** The id a revision names, or null. `--end-of-options`: a name that starts with a dash is a name. */
export async function resolve(call: GitCall, revision: string): Promise<string | null> {
  if (revision.includes('\0')) return null;
  const known = call.whose === 'omk' && EXACT.test(revision) ? await idOf(call, revision) : null;
  if (known !== null) return known;
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
