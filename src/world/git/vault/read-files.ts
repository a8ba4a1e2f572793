import type { RepoPath, TreeId } from '../../../domain/ids.ts';
import { readObjects, sizesOf } from '../objects/read.ts';
import { missing } from '../objects/resolve.ts';
import { toRaw } from '../../../domain/git/path-bytes.ts';
import type { TreeFile } from '../port.ts';
import type { VaultPlace } from './place.ts';

/** So much is in memory at once, and one file that is larger. */
const BATCH_BYTES = 32 * 1024 * 1024;

/** Many files of a tree in the order asked for, one program for each batch; paths that are no blob in the tree are left out. */
export async function* readFiles(
  { call, trees }: Pick<VaultPlace, 'call' | 'trees'>,
  tree: TreeId,
  paths: readonly RepoPath[],
  batchBytes = BATCH_BYTES,
): AsyncGenerator<TreeFile> {
  const entries = await trees.get(tree);
  const wanted = paths.flatMap((path) => {
    const entry = entries.get(toRaw(path));
    return entry === undefined || entry.mode === '160000' ? [] : [{ path, id: entry.id }];
  });
  const sizes = await sizesOf(
    call,
    wanted.map(({ id }) => id),
  );
  for (const batch of batches(wanted, (_, index) => sizes[index] ?? 0, batchBytes)) {
    const objects = await readObjects(
      call,
      batch.map(({ id }) => id),
    );
    for (const [index, { path, id }] of batch.entries()) {
      const object = objects[index];
      if (object?.kind !== 'blob') throw missing(`File ${id}`);
      yield { path, id, content: object.content };
    }
  }
}

function* batches<T>(
  items: readonly T[],
  sizeOf: (item: T, index: number) => number,
  limit: number,
): Generator<readonly T[]> {
  let batch: T[] = [];
  let bytes = 0;
  for (const [index, item] of items.entries()) {
    const size = sizeOf(item, index);
    if (batch.length > 0 && bytes + size > limit) {
      yield batch;
      [batch, bytes] = [[], 0];
    }
    batch.push(item);
    bytes += size;
  }
  if (batch.length > 0) yield batch;
}
