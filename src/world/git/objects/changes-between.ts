import type { TreeId } from '../../../domain/ids.ts';
import type { GitCall } from '../run.ts';
import { git } from '../run.ts';
import type { TreeEdit } from './edit.ts';
import { modeOf } from './tree.ts';

/** What makes the second tree of each pair of the first, for all of them in one process. */
export async function changesBetween(
  call: GitCall,
  pairs: readonly (readonly [TreeId, TreeId])[],
): Promise<readonly (readonly TreeEdit[])[]> {
  const differ = pairs.filter(([from, to]) => from !== to);
  const argv = ['diff-tree', '--stdin', '-r', '-z', '--raw', '--no-renames', '--no-abbrev'];
  const input = differ.map(([from, to]) => `${from} ${to}\n`).join('');
  const output = differ.length === 0 ? '' : (await git(argv, { ...call, input })).toString('latin1');
  const found = new Map<string, TreeEdit[]>();
  let edits: TreeEdit[] = [];
  const fields = output.split('\0');
  for (let at = 0; at + 1 < fields.length; at += 2) {
    const [heading, change] = parted(fields[at] ?? '');
    if (heading !== null) found.set(heading, (edits = []));
    const [, mode = '', , id = '', kind] = change.split(' ');
    const path = fields[at + 1] ?? '';
    edits.push({ path, entry: kind === 'D' ? null : { mode: modeOf(mode), id } });
  }
  return pairs.map(([from, to]) => found.get(`${from} ${to}`) ?? []);
}

/** A change, and before the first one of a pair its trees. */
function parted(text: string): readonly [string | null, string] {
  const at = text.lastIndexOf('\n');
  return at < 0 ? [null, text] : [text.slice(0, at), text.slice(at + 1)];
}
