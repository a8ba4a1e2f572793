import { git, type GitCall } from '../run.ts';
import type { CommitId } from '../../../domain/ids.ts';

/**
 * What these commits and trees have that the base has not, as a pack; names of what is not there are left out. Null where nothing is left.
 * `OmkError` `GIT_STOPPED` where it is larger than `most` bytes.
 */
export async function packObjects(
  call: GitCall,
  names: readonly string[],
  base: CommitId,
  most: number,
): Promise<Uint8Array | null> {
  if (names.length === 0) return null;
  const listed = await git(['cat-file', '--batch-check'], {
    ...call,
    input: names.map((name) => `${name}\n`).join(''),
  });
  const there = listed
    .toString()
    .split('\n')
    .flatMap((line) => /^([0-9a-f]+) (?:commit|tree) /.exec(line)?.[1] ?? []);
  if (there.length === 0) return null;
  const input = [...there, `^${base}`].map((line) => `${line}\n`).join('');
  return git(['pack-objects', '--revs', '--thin', '--stdout', '-q'], { ...call, input, maxBytes: most });
}

/** Adds the objects of a pack, whose names are what is in them. Nothing points to them. */
export async function unpackObjects(call: GitCall, pack: Uint8Array): Promise<void> {
  await git(['index-pack', '--stdin', '--fix-thin'], { ...call, input: pack });
}
