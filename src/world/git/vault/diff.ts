import type { ChangeKind, PathChange } from '../../../domain/git/snapshot.ts';
import type { TreeId } from '../../../domain/ids.ts';
import { toRepoPath, type RawPath } from '../../../domain/git/path-bytes.ts';
import type { Memory } from '../objects/remember.ts';
import type { RawEntry, RawTree } from '../objects/tree.ts';
import type { GitCall } from '../run.ts';
import { git } from '../run.ts';
import { quoteHeaders } from './patch-headers.ts';

const KINDS: ReadonlyMap<string, ChangeKind> = new Map([
  ['A', 'added'],
  ['D', 'deleted'],
  ['M', 'modified'],
  ['T', 'modified'],
]);

const NO_MODE = '000000';

/** What differs between two trees, in git's order: told from their files where both are known already, else git is asked. */
export async function diffOf(
  { call, trees }: { readonly call: GitCall; readonly trees: Pick<Memory<RawTree>, 'known'> },
  from: TreeId,
  to: TreeId,
): Promise<readonly PathChange[]> {
  const [before, after] = await Promise.all([trees.known(from), trees.known(to)]);
  return before === undefined || after === undefined ? diff(call, from, to) : between(before, after);
}

function between(before: RawTree, after: RawTree): readonly PathChange[] {
  const changed = [...after.keys()].filter((path) => {
    const [old, now] = [before.get(path), after.get(path)];
    return old?.id !== now?.id || old?.mode !== now?.mode;
  });
  const gone = [...before.keys()].filter((path) => !after.has(path));
  // Bytes, as paths are kept here, compare in git's order of whole paths.
  return [...changed, ...gone].sort().map((path) => changeOf(path, before.get(path), after.get(path)));
}

function changeOf(path: RawPath, old: RawEntry | undefined, now: RawEntry | undefined): PathChange {
  const change = old === undefined ? 'added' : 'modified';
  return {
    path: toRepoPath(path),
    change: now === undefined ? 'deleted' : change,
    oldMode: old?.mode ?? NO_MODE,
    newMode: now?.mode ?? NO_MODE,
    before: old?.id ?? null,
    after: now?.id ?? null,
  };
}

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
