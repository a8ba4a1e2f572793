import { lstatSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CommitId } from '../../../domain/ids.ts';
import type { RawEntry } from '../objects/tree.ts';
import { type RawPath } from '../../../domain/git/path-bytes.ts';
import { prefixesOf } from '../paths.ts';
import type { GitCall } from '../run.ts';
import { git, tryGit } from '../run.ts';
import { pathBelow } from '../snapshot/walk.ts';
import { withTemporary } from '../temporary.ts';

type UserCall = GitCall & { readonly workTree: string };

/** One path that a merge changes; null where there is nothing. */
export interface Change {
  readonly path: RawPath;
  readonly old: RawEntry | null;
  readonly now: RawEntry | null;
}

/** Every path that differs between two commits. */
export async function changesBetween(user: GitCall, from: CommitId, to: CommitId): Promise<readonly Change[]> {
  const output = await git(['diff-tree', '-r', '-z', '--raw', '--no-renames', '--no-abbrev', from, to], user);
  const fields = output.toString('latin1').split('\0');
  const changes: Change[] = [];
  for (let at = 0; at + 1 < fields.length; at += 2) {
    const [oldMode = '', newMode = '', oldId = '', newId = ''] = (fields[at] ?? '').replace(/^:/, '').split(' ');
    changes.push({ path: fields[at + 1] ?? '', old: entryOf(oldMode, oldId), now: entryOf(newMode, newId) });
  }
  return changes;
}

const entryOf = (mode: string, id: string): RawEntry | null =>
  mode === '100644' || mode === '100755' || mode === '120000' || mode === '160000' ? { mode, id } : null;

/** Lines of `git update-index --index-info`; what goes out goes first, as a folder can take the place of a file. */
export function indexInfo(zero: string, entries: readonly (readonly [RawPath, RawEntry | null])[]): Buffer {
  const line = ([path, entry]: readonly [RawPath, RawEntry | null]): string =>
    entry === null ? `0 ${zero}\t${path}\0` : `${entry.mode} ${entry.id}\t${path}\0`;
  const [out, set] = [entries.filter(([, entry]) => entry === null), entries.filter(([, entry]) => entry !== null)];
  return Buffer.from([...out, ...set].map(line).join(''), 'latin1');
}

/** How the files of a checkout stand to a merge that changes some of them. */
export interface CheckoutSide {
  /** As the merge would leave them, and not as they were: from a merge that was ended in the middle. */
  readonly done: ReadonlySet<RawPath>;
  /** Files of the user that the merge would write over and git does not have. */
  readonly inTheWay: readonly RawPath[];
  /** Changed by the user. */
  readonly edited: readonly RawPath[];
}

/** git itself compares each file with either side, by the user's settings for line ends and modes. */
export async function checkoutSide(user: UserCall, zero: string, changes: readonly Change[]): Promise<CheckoutSide> {
  const [notOld, notNow] = await Promise.all([
    differing(user, zero, changes, ({ old }) => old),
    differing(user, zero, changes, ({ now }) => now),
  ]);
  const stays = changes.filter(({ path }) => notOld.has(path) && notNow.has(path));
  const blocked = blockedFolders(user.workTree, changes);
  return {
    done: new Set(changes.filter(({ path }) => notOld.has(path) && !notNow.has(path)).map(({ path }) => path)),
    inTheWay: [...new Set([...stays.filter(({ old }) => old === null).map(({ path }) => path), ...blocked])].sort(),
    edited: stays.filter(({ old }) => old !== null).map(({ path }) => path),
  };
}

async function differing(
  user: UserCall,
  zero: string,
  changes: readonly Change[],
  side: (change: Change) => RawEntry | null,
): Promise<ReadonlySet<RawPath>> {
  const there = changes.filter((change) => side(change) !== null);
  const absent = changes.filter((change) => side(change) === null && isFile(user.workTree, change.path));
  const found = new Set(absent.map(({ path }) => path));
  if (there.length === 0) return found;
  return withTemporary(tmpdir(), async (dir) => {
    const own: GitCall = { ...user, indexFile: join(dir, 'index') };
    const input = indexInfo(
      zero,
      there.map((change) => [change.path, side(change)]),
    );
    await git(['update-index', '-z', '--index-info'], { ...own, input });
    // Compares contents; its exit code says that some differ.
    await tryGit(['update-index', '-q', '--ignore-submodules', '--refresh'], own);
    const output = await git(['diff-files', '-z', '--name-only', '--ignore-submodules=all'], own);
    for (const path of output.toString('latin1').split('\0')) if (path !== '') found.add(path);
    return found;
  });
}

const kindAt = (root: string, path: RawPath) => {
  const found = lstatSync(pathBelow(root, path), { throwIfNoEntry: false });
  if (found === undefined) return null;
  return found.isDirectory() ? 'folder' : 'file';
};

function isFile(root: string, path: RawPath): boolean {
  try {
    return kindAt(root, path) === 'file';
  } catch (error) {
    // A file lies where the path has a folder: so there is nothing at the path.
    if (error instanceof Error && 'code' in error && error.code === 'ENOTDIR') return false;
    throw error;
  }
}

/** A file of the user where the merge needs a folder, or a folder with such files where it needs a file. */
function blockedFolders(root: string, changes: readonly Change[]): readonly RawPath[] {
  const goes = new Set(changes.filter(({ old, now }) => old !== null && now === null).map(({ path }) => path));
  const blocked = new Set<RawPath>();
  for (const { path, now } of changes) {
    if (now === null) continue;
    const file = prefixesOf(path).find((prefix) => prefix !== path && isFile(root, prefix));
    if (file !== undefined) {
      if (!goes.has(file)) blocked.add(file);
    } else if (now.mode !== '160000' && kindAt(root, path) === 'folder')
      for (const inside of filesIn(root, path)) if (!goes.has(inside)) blocked.add(inside);
  }
  return [...blocked];
}

const filesIn = (root: string, folder: RawPath): readonly RawPath[] =>
  readdirSync(pathBelow(root, folder), { withFileTypes: true, encoding: 'buffer' }).flatMap((entry) => {
    const path = `${folder}/${entry.name.toString('latin1')}`;
    return entry.isDirectory() ? filesIn(root, path) : [path];
  });
