import { posix } from 'node:path';
import { OmkError } from '../../../domain/error.ts';
import type { CommitId, TreeId } from '../../../domain/ids.ts';
import { commitTree } from '../objects/commit.ts';
import { editTree } from '../objects/edit.ts';
import { objectId, zeroId } from '../objects/id.ts';
import { resolve, resolveTree } from '../objects/resolve.ts';
import { writeBlobs } from '../objects/write.ts';
import { toRaw } from '../paths.ts';
import { git, tryGit } from '../run.ts';
import type { VaultPlace } from './place.ts';

export async function commit(
  place: VaultPlace,
  request: { readonly tree: TreeId; readonly parent: CommitId; readonly message: string; readonly ref: string; readonly at: number },
): Promise<CommitId> {
  const id = await commitTree(place.call, { tree: request.tree, parents: [request.parent], message: request.message, at: request.at });
  await git(['update-ref', request.ref, id], { ...place.call, durable: true });
  return id;
}

const TRIES = 20;

/** On top of what the ref has; another process may be adding to it at the same time. */
export async function commitFiles(
  place: VaultPlace,
  request: { readonly ref: string; readonly folder: string; readonly files: ReadonlyMap<string, Uint8Array>; readonly message: string; readonly at: number },
): Promise<CommitId> {
  await writeBlobs(place.call, request.files.values());
  const edits = [...request.files].map(([name, content]) => ({
    path: toRaw(posix.join(request.folder, name)),
    entry: { mode: '100644' as const, id: objectId(place.format, 'blob', content) },
  }));
  for (let tries = 0; tries < TRIES; tries++) {
    const parent = await resolve(place.call, `${request.ref}^{commit}`);
    const start = parent === null ? null : await resolveTree(place.call, parent);
    const tree = await editTree(place.call, place.temporary, start, edits);
    if (parent !== null && tree === start) return parent;
    const id = await commitTree(place.call, { tree, parents: parent === null ? [] : [parent], message: request.message, at: request.at });
    const moved = await tryGit(['update-ref', request.ref, id, parent ?? zeroId(place.format)], { ...place.call, durable: true });
    if (moved.code === 0) return id;
  }
  throw new OmkError('VAULT_BUSY', `${request.ref} in the vault kept changing.`, 'Run the command again.', { exit: 6 });
}
