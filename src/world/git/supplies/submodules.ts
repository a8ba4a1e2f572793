import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { RepoPath } from '../../../domain/ids.ts';
import { OmkError } from '../../../domain/error.ts';
import { resolveTree } from '../objects/resolve.ts';
import { readTree, type RawTree } from '../objects/tree.ts';
import { toRaw, toRepoPath } from '../../../domain/git/path-bytes.ts';
import { tryGit } from '../run.ts';
import { withTemporary } from '../temporary.ts';
import { materialise } from '../vault/checkout.ts';
import { fetchBase } from '../vault/fetch-base.ts';
import type { VaultPlace } from '../vault/place.ts';
import { isThere } from './there.ts';

export interface Submodule {
  readonly path: RepoPath;
  readonly id: string;
  /** Its files on this machine; null where the user's clone does not have them. */
  readonly from: string | null;
}

interface Clone {
  /** Where git keeps the repositories of its submodules, below `modules/`. */
  readonly gitDir: string;
  /** Its checkout, for submodules that are repositories of their own there. */
  readonly root: string;
}

/** How deep submodules of submodules are followed. */
const DEEPEST = 5;

/**
 * The submodules of a tree, and theirs, with their files from the user's clone: by commit, so that their content
 * is what the tree names.
 */
export async function findSubmodules(
  place: VaultPlace,
  folder: string,
  clone: Clone,
  tree: RawTree,
  above = '',
  depth = 0,
): Promise<readonly Submodule[]> {
  const links = [...tree].filter(([, { mode }]) => mode === '160000');
  if (links.length === 0 || depth > DEEPEST) return [];
  const names = await namesOf(place, tree);
  const found: Submodule[] = [];
  for (const [raw, { id }] of links) {
    const path = toRepoPath(raw);
    const at: Clone = {
      gitDir: join(clone.gitDir, 'modules', names.get(path) ?? path),
      root: join(clone.root, path),
    };
    const from = await filesOf(place, folder, at, id);
    found.push({ path: above + path, id, from });
    if (from === null) continue;
    const inside = await readTree(place.call, id);
    found.push(...(await findSubmodules(place, folder, at, inside, `${above}${path}/`, depth + 1)));
  }
  return found;
}

/** The name of each submodule, by its path, as `.gitmodules` of the tree says. */
async function namesOf(place: VaultPlace, tree: RawTree): Promise<ReadonlyMap<RepoPath, string>> {
  const entry = tree.get(toRaw('.gitmodules'));
  if (entry === undefined) return new Map();
  const args = ['config', '--blob', entry.id, '-z', '--get-regexp', '^submodule\\..*\\.path$'];
  const { code, stdout } = await tryGit(args, place.call);
  if (code !== 0) return new Map();
  const lines = stdout.toString('utf8').split('\0').filter(Boolean);
  return new Map(
    lines.flatMap((line) => {
      const [key = '', path = ''] = line.split('\n');
      const name = key.slice('submodule.'.length, -'.path'.length);
      return name.split('/').includes('..') ? [] : [[path, name] as const];
    }),
  );
}

/** Copied through the vault: no filter, hook or setting of the submodule takes part. */
async function filesOf(place: VaultPlace, folder: string, at: Clone, id: string): Promise<string | null> {
  const to = join(folder, id);
  if (await isThere(to)) return to;
  const inWorktree = (await isThere(join(at.root, '.git'))) ? at.root : null;
  const where = (await isThere(at.gitDir)) ? at.gitDir : inWorktree;
  if (where === null) return null;
  try {
    await fetchBase(place, where, id);
  } catch (error) {
    if (error instanceof OmkError) return null;
    throw error;
  }
  const tree = await resolveTree(place.call, id);
  await mkdir(dirname(to), { recursive: true, mode: 0o700 });
  await withTemporary(folder, async (temporary) => {
    const fresh = join(temporary, 'files');
    await mkdir(fresh);
    await materialise(place, tree, fresh, join(temporary, 'index'));
    await rename(fresh, to).catch(async (error: unknown) => {
      if (!(await isThere(to))) throw error;
      await rm(fresh, { recursive: true, force: true });
    });
  });
  return to;
}
