import { copyFile, mkdir, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { isToolCache } from '../../../domain/contract/tool-caches.ts';
import { OmkError } from '../../../domain/error.ts';
import { toRepoPath } from '../../../domain/git/path-bytes.ts';
import type { RepoPath, TreeId } from '../../../domain/ids.ts';
import { editTree } from '../objects/edit.ts';
import { readIndex, readTree, type RawTree } from '../objects/tree.ts';
import { withoutDrivers } from '../repository/drivers.ts';
import { locate } from '../repository/locate.ts';
import { userSettings } from '../repository/user-settings.ts';
import { git, gitText, tryGit, type GitCall } from '../run.ts';
import { withTemporary } from '../temporary.ts';
import { fetchTree } from '../vault/fetch-base.ts';
import type { VaultPlace } from '../vault/place.ts';

/** The tree that a user would commit, and new repositories in folders, which are left out. */
export interface TakenTree {
  readonly tree: TreeId;
  readonly leftOut: readonly RepoPath[];
}

/**
 * The index of a checkout, or all its files that are not ignored, as a tree in the vault. The index is a copy and new objects go
 * beside the vault: the checkout and its repository are only read, and none of the programs that its settings name runs.
 */
export async function takeTree(place: VaultPlace, root: string, what: 'staged' | 'working_tree'): Promise<TakenTree> {
  const { gitDir, commonDir } = await locate(root);
  return withTemporary(place.temporary, async (dir) => {
    const objects = join(dir, 'objects');
    await mkdir(join(objects, 'pack'), { recursive: true });
    const env = { GIT_OBJECT_DIRECTORY: objects, GIT_ALTERNATE_OBJECT_DIRECTORIES: quoted(join(commonDir, 'objects')) };
    const user: GitCall = { gitDir, workTree: root, whose: 'user' };
    const config = [
      ...(await userSettings(user)),
      ...(await withoutDrivers(user)),
      ['core.splitIndex', 'false'] as const,
    ];
    const call: GitCall = { ...user, config, env, indexFile: await copyOfIndex(gitDir, dir) };
    await needMerged(call);
    const staged = await readIndex(call);
    if (what === 'working_tree') await addAll(call);
    const taken = await gitText(['write-tree'], call);
    await fetchTree(place, call, taken);
    return withoutOthers(place, taken, staged, await readTree(call, 'HEAD'));
  });
}

/** Git reads the variable like a PATH, and a quoted entry as it stands. */
const quoted = (path: string): string => `"${path.replace(/[\\"]/g, '\\$&')}"`;

/**
 * As old as the index itself, or older: git reads a file again that may have changed after the index was written, and would not
 * where a copy is younger.
 */
async function copyOfIndex(gitDir: string, dir: string): Promise<string> {
  const [from, file] = [join(gitDir, 'index'), join(dir, 'index')];
  const written = await stat(from).catch((error: NodeJS.ErrnoException) => {
    // A checkout without an index has nothing staged.
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (written === null) return file;
  await copyFile(from, file);
  const seconds = Math.floor(written.mtimeMs / 1000);
  await utimes(file, seconds, seconds);
  return file;
}

async function needMerged(call: GitCall): Promise<void> {
  const [first] = (await git(['ls-files', '--unmerged', '-z'], call)).toString('latin1').split('\0');
  if (first)
    throw new OmkError(
      'INDEX_UNMERGED',
      `A merge is under way, and '${toRepoPath(first.slice(first.indexOf('\t') + 1))}' is not resolved`,
      'resolve it and git add it, or git merge --abort',
    );
}

async function addAll(call: GitCall): Promise<void> {
  const added = await tryGit(['-c', 'advice.addEmbeddedRepo=false', 'add', '--all'], call);
  if (added.code === 0) return;
  throw new OmkError(
    'WORKING_TREE_UNREADABLE',
    `The working tree cannot be read: ${added.stderr.trim().split('\n')[0] ?? ''}`,
    'git status, and mend what it says; or omk judge --staged',
  );
}

/** Without repositories that were only found in a folder, and with caches of tools as HEAD has them. */
async function withoutOthers(place: VaultPlace, taken: TreeId, staged: RawTree, before: RawTree): Promise<TakenTree> {
  const now = await readTree(place.call, taken);
  const nested = [...now].filter(([path, { mode }]) => mode === '160000' && !staged.has(path)).map(([path]) => path);
  const caches = [...new Set([...now.keys(), ...before.keys()])].filter(
    (path) => isToolCache(path) && now.get(path)?.id !== before.get(path)?.id,
  );
  const edits = [...nested, ...caches].map((path) => ({ path, entry: before.get(path) ?? null }));
  const tree = edits.length === 0 ? taken : await editTree(place.call, place.temporary, taken, edits);
  return { tree, leftOut: nested.map(toRepoPath) };
}
