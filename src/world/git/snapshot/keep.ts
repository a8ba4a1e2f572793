import type { RepoPath, TreeId } from '../../../domain/ids.ts';
import type { TreeEdit } from '../objects/edit.ts';
import { toRaw } from '../../../domain/git/path-bytes.ts';
import type { GitCall } from '../run.ts';
import { git, tryGit } from '../run.ts';

const INCOMPLETE = 'Omk-Salvage: incomplete';

export interface Keep {
  readonly base: TreeId;
  /** From the base to the candidate. */
  readonly candidate: readonly TreeEdit[];
  /** From the candidate to the salvage. */
  readonly salvage: readonly TreeEdit[];
  /** Contents that the edits name. */
  readonly blobs: Iterable<Uint8Array>;
  readonly ref: string;
  readonly message: string;
  readonly at: number;
  /** False when something in the worktree is in neither tree. */
  readonly complete: boolean;
}

/** A path as fast-import reads it. */
export function quote(path: RepoPath): string {
  return `"${path.replace(/[^A-Za-z0-9_./-]/g, (byte) => `\\${byte.charCodeAt(0).toString(8).padStart(3, '0')}`)}"`;
}

/** What goes out goes first: a folder can take the place of a file. */
export function changes(edits: readonly TreeEdit[]): string {
  const removed = edits.flatMap(({ path, entry }) => (entry === null ? [`D ${quote(path)}\n`] : []));
  const set = edits.flatMap(({ path, entry }) =>
    entry === null ? [] : [`M ${entry.mode} ${entry.id} ${quote(path)}\n`],
  );
  return [...removed, ...set].join('');
}

/**
 * Stores contents, trees, commits and the ref in one process, durable when it returns. The contents come from the
 * caller, so neither a filter nor a link stands between them and the object. The ref's commit has the candidate;
 * where the salvage differs, the commit's parent has it.
 */
export async function keepTrees(
  call: GitCall,
  keep: Keep,
): Promise<{ readonly candidate: TreeId; readonly salvage: TreeId }> {
  if (!/^refs\/[A-Za-z0-9._/-]+$/.test(keep.ref)) throw new TypeError(`not a ref: ${keep.ref}`);
  const commit = (mark: number, from: string, message: string, edits: string): string => {
    const text = toRaw(`${message}\n`);
    return (
      `commit ${keep.ref}\nmark :${mark}\ncommitter omk <omk@localhost> ${keep.at} +0000\n` +
      `data ${text.length}\n${text}\n${from}M 040000 ${keep.base} ""\n${edits}ls ""\n`
    );
  };
  const message = keep.complete ? keep.message : `${keep.message}\n\n${INCOMPLETE}`;
  const differ = keep.salvage.length > 0;
  async function* stream(): AsyncGenerator<Uint8Array> {
    for (const content of keep.blobs) {
      yield Buffer.from(`blob\ndata ${content.length}\n`);
      yield content;
      yield Buffer.from('\n');
    }
    const candidate = changes(keep.candidate);
    // The salvage comes first: it is the parent.
    if (differ)
      yield Buffer.from(commit(1, '', `Salvage of: ${keep.message}`, candidate + changes(keep.salvage)), 'latin1');
    yield Buffer.from(`${commit(2, differ ? 'from :1\n' : '', message, candidate)}done\n`, 'latin1');
  }
  const output = await git(['fast-import', '--quiet', '--done', '--force'], {
    ...call,
    durable: true,
    input: stream(),
  });
  const trees = [...output.toString('latin1').matchAll(/^040000 tree ([0-9a-f]{40,64})\t/gm)].map(([, id]) => id);
  const [first, last] = [trees[0], trees.at(-1)];
  if (first === undefined || last === undefined || trees.length !== (differ ? 2 : 1))
    throw new TypeError('unexpected output of git fast-import');
  return { candidate: last, salvage: first };
}

export type Keeping = 'complete' | 'incomplete' | 'absent';

/** Whether a ref keeps everything of a worktree. */
export async function keptBy(call: GitCall, ref: string): Promise<Keeping> {
  if (!ref.startsWith('refs/')) return 'absent';
  const found = await tryGit(['cat-file', 'commit', ref], call);
  if (found.code !== 0) return 'absent';
  return found.stdout.toString('utf8').split('\n').includes(INCOMPLETE) ? 'incomplete' : 'complete';
}
