import type { ChangeKind, PathChange } from '../../../domain/git/snapshot.ts';
import type { TreeId } from '../../../domain/ids.ts';
import { toRepoPath } from '../../../domain/git/path-bytes.ts';
import type { GitCall } from '../run.ts';
import { git } from '../run.ts';
import { quoteHeaders } from './patch-headers.ts';

const KINDS: ReadonlyMap<string, ChangeKind> = new Map([
  ['A', 'added'],
  ['D', 'deleted'],
  ['M', 'modified'],
  ['T', 'modified'],
]);

export async function diff(call: GitCall, from: TreeId, to: TreeId): Promise<readonly PathChange[]> {
  const output = await git(
    ['diff-tree', '-r', '-z', '--raw', '--no-renames', '--ignore-submodules=none', '-O/dev/null', from, to],
    call,
  );
  const fields = output.toString('latin1').split('\0');
  const changes: PathChange[] = [];
  for (let at = 0; at + 1 < fields.length; at += 2) {
    const [oldMode = '', newMode = '', before = '', after = '', letter = ''] = (fields[at] ?? '')
      .replace(/^:/, '')
      .split(' ');
    const change = KINDS.get(letter);
    if (change === undefined) throw new TypeError(`unknown change ${letter}`);
    changes.push({
      path: toRepoPath(fields[at + 1] ?? ''),
      change,
      oldMode,
      newMode,
      before: change === 'added' ? null : before,
      after: change === 'deleted' ? null : after,
    });
  }
  return changes;
}

/** The same two trees give the same bytes: every choice of form is spelled out. */
export async function patch(call: GitCall, from: TreeId, to: TreeId): Promise<Buffer> {
  const form = [
    '--patch',
    '--binary',
    '--full-index',
    '--no-renames',
    '--no-ext-diff',
    '--no-textconv',
    '--no-color',
    '--unified=3',
    '--inter-hunk-context=0',
    '--diff-algorithm=myers',
    '--indent-heuristic',
    '--src-prefix=a/',
    '--dst-prefix=b/',
    '--submodule=short',
    '--ignore-submodules=none',
    '--no-relative',
    '-O/dev/null',
  ];
  const output = await git(['diff-tree', '-r', ...form, from, to], {
    ...call,
    config: [...(call.config ?? []), ['core.quotePath', 'true'], ['diff.suppressBlankEmpty', 'false']],
  });
  return quoteHeaders(output);
}
