import { OmkError } from '../../../domain/error.ts';
import type { RepoPath } from '../../../domain/ids.ts';
import { toRaw } from '../../../domain/git/path-bytes.ts';
import type { GitCall } from '../run.ts';
import { objectId, type ObjectFormat } from './id.ts';
import { readObjects } from './read.ts';
import { missing } from './resolve.ts';
import type { RawTree } from './tree.ts';

/** Files of a tree as text, in the order asked for, by one program; of a link what it points to, of anything else nothing. */
export async function texts(
  call: GitCall,
  format: ObjectFormat,
  tree: RawTree,
  paths: readonly RepoPath[],
): Promise<readonly string[]> {
  const ids = paths
    .map((path) => tree.get(toRaw(path)))
    .map((entry) => (entry === undefined || entry.mode === '160000' ? null : entry.id));
  const wanted = [...new Set(ids.filter((id) => id !== null))];
  const found = await readObjects(call, wanted);
  const known = new Map<string | null, string>();
  for (const [index, id] of wanted.entries()) {
    const object = found[index];
    if (object?.kind !== 'blob') throw missing(`File ${id}`);
    if (objectId(format, 'blob', object.content) !== id)
      throw new OmkError(
        'GIT_OBJECT_CORRUPT',
        `The blob ${id} does not hold what its name says.`,
        'Run `git fsck` in the repository.',
        { exit: 6 },
      );
    known.set(id, object.content.toString('utf8'));
  }
  return ids.map((id) => known.get(id) ?? '');
}
