import { OmkError } from '../../domain/error.ts';
import type { CommitId } from '../../domain/ids.ts';
import { EVENTS } from '../../proof/format/names.ts';
import type { BundleReader } from '../../proof/verify/limits.ts';
import { openObjects } from '../../world/git/objects/open.ts';

/**
 * The base that a bundle names, where the user has it checked out or behind it; null where the bundle names none.
 * `OmkError` `VERIFY_NO_BASE`.
 */
export async function inHistory(repository: string, bundle: BundleReader, fix: string): Promise<CommitId | null> {
  const events = bundle.names.includes(EVENTS) ? bundle.read(EVENTS) : null;
  const text = new TextDecoder().decode(events ?? new Uint8Array());
  const [, commit] = /"repository":\{[^}]*"commit":"([0-9a-f]{40,64})"/u.exec(text.split('\n', 1)[0] ?? '') ?? [];
  if (commit === undefined) return null;
  const objects = await openObjects(repository);
  if (await objects.isAncestor(commit, 'HEAD')) return commit;
  throw new OmkError(
    'VERIFY_NO_BASE',
    `The base that the bundle names, ${commit.slice(0, 12)}, is not in the history of HEAD, and only you can say which base you trust`,
    fix,
  );
}
