import { posix } from 'node:path';
import { OmkError } from '../../../domain/error.ts';
import type { CommitAuthor } from '../../../domain/goal/author.ts';
import type { CommitId, TreeId } from '../../../domain/ids.ts';
import { commitTree } from '../objects/commit.ts';
import { objectId } from '../objects/id.ts';
import { resolve, resolveTree } from '../objects/resolve.ts';
import { toRaw, type RawPath } from '../../../domain/git/path-bytes.ts';
import { git, tryGit } from '../run.ts';
import { quote } from '../snapshot/keep.ts';
import type { VaultPlace } from './place.ts';

export async function commit(
  place: VaultPlace,
  request: {
    readonly tree: TreeId;
    readonly parent: CommitId;
    readonly message: string;
    readonly ref: string;
    readonly at: number;
    readonly author?: CommitAuthor;
  },
): Promise<CommitId> {
  const id = await commitTree(place.call, {
    tree: request.tree,
    parents: [request.parent],
    message: request.message,
    at: request.at,
    ...(request.author ? { author: request.author } : {}),
  });
  await git(['update-ref', request.ref, id], { ...place.call, durable: true });
  return id;
}

const TRIES = 20;

/** On top of what the ref has, in place of what the folder had; another process may be adding to the ref at the same time. */
export async function commitFiles(
  place: VaultPlace,
  request: {
    readonly ref: string;
    readonly folder: string;
    readonly files: ReadonlyMap<string, Uint8Array>;
    readonly message: string;
    readonly at: number;
  },
): Promise<CommitId> {
  const files = [...request.files].map(([name, content]) => ({
    path: toRaw(posix.join(request.folder, name)),
    content,
  }));
  for (let tries = 0; tries < TRIES; tries++) {
    const parent = await resolve(place.call, `${request.ref}^{commit}`);
    if (parent !== null && (await holds(place, parent, request.folder, files))) return parent;
    // Without --force it refuses a ref that went elsewhere meanwhile.
    const done = await tryGit(['fast-import', '--quiet', '--done'], {
      ...place.call,
      durable: true,
      input: stream(request, parent, files),
    });
    if (done.code === 0) return done.stdout.toString('latin1').trim();
  }
  throw new OmkError('VAULT_BUSY', `${request.ref} in the vault kept changing.`, 'Run the command again.', { exit: 6 });
}

interface NamedFile {
  readonly path: RawPath;
  readonly content: Uint8Array;
}

async function holds(
  place: VaultPlace,
  commit: CommitId,
  folder: string,
  files: readonly NamedFile[],
): Promise<boolean> {
  const tree = await place.trees.get(await resolveTree(place.call, commit));
  const inFolder = [...tree.keys()].filter((path) => path.startsWith(toRaw(`${folder}/`))).length;
  return (
    inFolder === files.length &&
    files.every(({ path, content }) => tree.get(path)?.id === objectId(place.format, 'blob', content))
  );
}

function* stream(
  {
    ref,
    folder,
    message,
    at,
  }: { readonly ref: string; readonly folder: string; readonly message: string; readonly at: number },
  parent: CommitId | null,
  files: readonly NamedFile[],
): Generator<Uint8Array> {
  const text = Buffer.from(`${message}\n`);
  yield Buffer.from(`commit ${ref}\nmark :1\ncommitter omk <omk@localhost> ${at} +0000\ndata ${text.length}\n`);
  yield text;
  yield Buffer.from(`\n${parent === null ? '' : `from ${parent}\n`}`);
  if (parent !== null) yield Buffer.from(`D ${quote(toRaw(folder))}\n`, 'latin1');
  for (const { path, content } of files) {
    yield Buffer.from(`M 100644 inline ${quote(path)}\ndata ${content.length}\n`, 'latin1');
    yield content;
    yield Buffer.from('\n');
  }
  yield Buffer.from('get-mark :1\ndone\n');
}
