import { tmpdir } from 'node:os';
import { OmkError } from '../../../domain/error.ts';
import type { CommitId, GitBlobId, TreeId } from '../../../domain/ids.ts';
import { join } from 'node:path';
import type { GitObjects } from '../port.ts';
import { locate } from '../repository/locate.ts';
import { tryGit, type GitCall } from '../run.ts';
import { requireGit } from '../version.ts';
import { objectId } from './id.ts';
import type { ObjectFormat } from './id.ts';
import { mentions } from './mentions.ts';
import { texts } from './texts.ts';
import { patch } from '../vault/diff.ts';
import { treeFromPatch } from './patch.ts';
import { patchId } from './patch-id.ts';
import { objectReader } from './read.ts';
import { remember } from './remember.ts';
import { missing, resolve } from './resolve.ts';
import { readTree, toTreeEntries } from './tree.ts';

async function readVerified(
  read: ReturnType<typeof objectReader>,
  format: ObjectFormat,
  id: string,
  kind: 'blob' | 'commit',
): Promise<Buffer> {
  const found = /^[0-9a-f]{40,64}$/.test(id) ? await read(id) : null;
  if (found?.kind !== kind) throw missing(`The ${kind} ${id}`);
  if (objectId(format, kind, found.content) !== id) {
    throw new OmkError(
      'GIT_OBJECT_CORRUPT',
      `The ${kind} ${id} does not hold what its name says.`,
      'Run `git fsck` in the repository.',
      { exit: 6 },
    );
  }
  return found.content;
}

const TREES_KEPT = 6;

function headers(commit: Buffer, name: string): string[] {
  const head = commit.toString('latin1').split('\n\n', 1)[0] ?? '';
  return head.split('\n').flatMap((line) => (line.startsWith(`${name} `) ? [line.slice(name.length + 1)] : []));
}

/**
 * Reads objects of any repository, bare or not, from any folder in it; writes nothing there. Blobs and commits are
 * hashed again. `OmkError` `NOT_A_REPOSITORY`, `GIT_OBJECT_MISSING`, `GIT_OBJECT_CORRUPT`, `PATCH_DOES_NOT_APPLY`.
 */
export async function openObjects(path: string): Promise<GitObjects> {
  await requireGit();
  const { commonDir, gitDir, format } = await locate(path);
  const call: GitCall = { gitDir, whose: 'user' };
  const read = objectReader(call);
  const trees = remember(TREES_KEPT, (tree) => readTree(call, tree));
  const readCommit = (id: CommitId): Promise<Buffer> => readVerified(read, format, id, 'commit');
  const commitTree = async (id: CommitId): Promise<TreeId> => {
    const [tree] = headers(await readCommit(id), 'tree');
    if (tree === undefined) throw missing(`The tree of commit ${id}`);
    return tree;
  };
  return {
    commitTree,
    commitParents: async (id) => headers(await readCommit(id), 'parent'),
    listTree: async (tree) => toTreeEntries(await trees.get(tree)),
    mentions: (tree, needles) => mentions(call, tree, needles, trees.get),
    readBlob: (id: GitBlobId) => readVerified(read, format, id, 'blob'),
    readTexts: async (tree, paths) => texts(call, format, await trees.get(tree), paths),
    resolve: (revision) => resolve(call, revision),
    isAncestor: async (older, newer) => (await tryGit(['merge-base', '--is-ancestor', older, newer], call)).code === 0,
    patchIdOf: async (commit) => {
      const [parent] = headers(await readCommit(commit), 'parent');
      return parent === undefined
        ? null
        : patchId(call, await patch(call, await commitTree(parent), await commitTree(commit)));
    },
    patchId: (content) => patchId(call, content),
    treeFromPatch: async (base, patch) =>
      treeFromPatch(
        { objects: join(commonDir, 'objects'), format, temporary: tmpdir() },
        await commitTree(base),
        patch,
      ),
  };
}
