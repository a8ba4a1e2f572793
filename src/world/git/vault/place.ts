import { join } from 'node:path';
import type { CommitId, GitBlobId, TreeId } from '../../../domain/ids.ts';
import type { ObjectFormat } from '../objects/id.ts';
import { objectReader } from '../objects/read.ts';
import { remember, type Memory } from '../objects/remember.ts';
import { missing } from '../objects/resolve.ts';
import { readTree, type RawTree } from '../objects/tree.ts';
import type { PathChange } from '../../../domain/git/snapshot.ts';
import type { GitCall } from '../run.ts';

/** One vault on disk. */
export interface VaultPlace {
  readonly dir: string;
  readonly format: ObjectFormat;
  /** On the vault's own disk, so that what is made there can be moved in. */
  readonly temporary: string;
  readonly call: GitCall;
  /** The last trees that were read, whole. */
  readonly trees: Memory<RawTree>;
  /** The last files that were read; whoever gets one does not write to it. */
  readonly files: { get(id: GitBlobId): Promise<Buffer> };
  /** What lately differed between two trees, by both. */
  readonly diffs: Memory<readonly PathChange[]>;
  /** What lately came of edits, by the tree and the edits. */
  readonly edited: Memory<TreeId>;
}

const TREES_KEPT = 12;
const FILES_KEPT = 32;
const DIFFS_KEPT = 32;
const LARGEST_DIFF = 2000;
const EDITS_KEPT = 64;
const LARGEST_KEPT = 1024 * 1024;

export function vaultPlace(dir: string, format: ObjectFormat): VaultPlace {
  const call: GitCall = { gitDir: dir, whose: 'omk' };
  const read = objectReader(call);
  return {
    dir,
    format,
    temporary: join(dir, 'omk-tmp'),
    call,
    trees: remember(TREES_KEPT, (tree) => readTree(call, tree)),
    files: remember(
      FILES_KEPT,
      (id) => readBlob(read, id),
      ({ length }) => length <= LARGEST_KEPT,
    ),
    diffs: remember(DIFFS_KEPT, unknown, ({ length }) => length <= LARGEST_DIFF),
    edited: remember(EDITS_KEPT, unknown),
  };
}

const unknown = (id: string): never => {
  throw new TypeError(`nothing is known of ${id}`);
};

async function readBlob(read: ReturnType<typeof objectReader>, id: GitBlobId): Promise<Buffer> {
  const found = await read(id);
  if (found?.kind !== 'blob') throw missing(`File ${id}`);
  return found.content;
}

export const BASES = 'refs/omk/bases';

/** Keeps a base commit in the vault; there only once all of it is. */
export function baseRef(commit: CommitId): string {
  return `${BASES}/${commit}`;
}
