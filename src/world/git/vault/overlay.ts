import type { OverlayEdit } from '../../../domain/gates/evidence.ts';
import type { RepoPath, TreeId } from '../../../domain/ids.ts';
import type { TreeEdit } from '../objects/edit.ts';
import { toRaw } from '../../../domain/git/path-bytes.ts';
import { edit, fileEdit } from './edit.ts';
import type { VaultPlace } from './place.ts';

/** The candidate with the base's files laid over it (trust rule T6). An edit that names nothing in its tree is a bug. */
export async function overlay(
  place: VaultPlace,
  base: TreeId,
  candidate: TreeId,
  edits: readonly OverlayEdit[],
  merged: ReadonlyMap<RepoPath, string>,
): Promise<TreeId> {
  if (edits.length === 0) return candidate;
  const [old, now] = await Promise.all([place.trees.get(base), place.trees.get(candidate)]);
  const contents: Buffer[] = [];
  const toEdit = ({ path, action }: OverlayEdit): TreeEdit => {
    const raw = toRaw(path);
    const before = old.get(raw);
    if (action === 'remove') return { path: raw, entry: null };
    if (action === 'restore') {
      if (before === undefined) throw new TypeError(`not in the base: ${path}`);
      return { path: raw, entry: before };
    }
    const text = merged.get(path);
    if (text === undefined) throw new TypeError(`no merged content for ${path}`);
    const content = Buffer.from(text, 'utf8');
    contents.push(content);
    // Whatever the candidate made of the path, merged text is a plain file.
    const mode = [now.get(raw)?.mode, before?.mode].find((one) => one === '100644' || one === '100755') ?? '100644';
    return fileEdit(place, raw, mode, content);
  };
  return edit(place, candidate, edits.map(toEdit), contents);
}
