import { canonical } from '../canonical.ts';
import type { BlobRef, RepoPath, Sha256, TreeId } from '../ids.ts';

/** Checks that the agent never sees, as a goal is created with them: what they are is only committed to. */
export interface HeldOutOptions {
  /** sha256 over `commitmentText` of what is revealed at the end. */
  readonly commitment: Sha256;
  readonly paths: readonly RepoPath[];
  /** Those that the base has too, so that tests of the base are gone where they are laid over. Absent: none. */
  readonly replaces?: readonly RepoPath[];
  /** Absolute paths of what they were read from: kept out of the agent's sight. */
  readonly hidden: readonly string[];
  /** Those of them that the agent sees and cannot change. Absent: none, all are hidden. */
  readonly visible?: readonly HeldOutFile[];
  /** The tree on which each of them must fail: the base, or a wrong solution. */
  readonly oracle: TreeId;
}

type FileMode = '100644' | '100755';

export interface HeldOutFile {
  readonly path: RepoPath;
  readonly mode: FileMode;
  readonly blob: BlobRef;
}

/** What a wrong solution makes of the base: a file, or that there is none. */
export interface WrongFile {
  readonly path: RepoPath;
  readonly mode: FileMode | '120000';
  readonly blob: BlobRef | null;
}

/** What is kept where no agent looks, and becomes part of the log at the end. */
export interface HeldOutContent {
  readonly nonce: string;
  readonly files: readonly HeldOutFile[];
  readonly wrong: readonly WrongFile[];
}

/** What is hashed: a random nonce, so that nobody can try contents, and every file in the order of its path. */
export const commitmentText = ({ nonce, files, wrong }: HeldOutContent): string =>
  canonical({ nonce, files: files.map(told).sort(byPath), wrong: wrong.map(told).sort(byPath) });

const told = ({ path, mode, blob }: WrongFile) => ({ path, mode, sha256: blob?.sha256 ?? null });

const byPath = (a: { readonly path: RepoPath }, b: { readonly path: RepoPath }): number => {
  if (a.path < b.path) return -1;
  return a.path > b.path ? 1 : 0;
};
