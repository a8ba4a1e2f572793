import type { CommitId, TreeId } from '../../../domain/ids.ts';
import { toRepoPath, type RawPath } from '../../../domain/git/path-bytes.ts';
import type { TreeEntry } from '../port.ts';
import type { GitCall } from '../run.ts';
import { git } from '../run.ts';

export interface RawEntry {
  readonly mode: TreeEntry['mode'];
  readonly id: string;
}

/** Every file, link and submodule of a tree by its bytes, in git's order. */
export type RawTree = ReadonlyMap<RawPath, RawEntry>;

export function modeOf(text: string): TreeEntry['mode'] {
  if (text === '120000' || text === '160000' || text === '100755') return text;
  // Very old trees hold 100664; git itself reads it as 100644.
  if (text === '100644' || text === '100664') return '100644';
  throw new TypeError(`unknown file mode ${text}`);
}

export async function readTree(call: GitCall, tree: TreeId | CommitId): Promise<RawTree> {
  const output = await git(['ls-tree', '-r', '-z', '--full-tree', tree], call);
  const entries = new Map<RawPath, RawEntry>();
  for (const line of output.toString('latin1').split('\0')) {
    if (line === '') continue;
    const tab = line.indexOf('\t');
    const [mode = '', , id = ''] = line.slice(0, tab).split(' ');
    entries.set(line.slice(tab + 1), { mode: modeOf(mode), id });
  }
  return entries;
}

export function toTreeEntries(tree: RawTree): TreeEntry[] {
  return [...tree].map(([path, { mode, id }]) => ({ path: toRepoPath(path), mode, id }));
}

/** What the index of a checkout holds; of a path in conflict, one of its sides. */
export async function readIndex(call: GitCall): Promise<RawTree> {
  const output = await git(['ls-files', '--stage', '-z'], call);
  const entries = new Map<RawPath, RawEntry>();
  for (const line of output.toString('latin1').split('\0')) {
    if (line === '') continue;
    const tab = line.indexOf('\t');
    const [mode = '', id = ''] = line.slice(0, tab).split(' ');
    entries.set(line.slice(tab + 1), { mode: modeOf(mode), id });
  }
  return entries;
}
