import type { BlobRef, GitBlobId, RepoPath, TreeId } from '../ids.ts';

export type RefusalCode =
  | 'E_NAME_COLLISION'
  | 'E_DOT_GIT'
  | 'E_LINK_ESCAPES'
  | 'E_NESTED_REPOSITORY'
  | 'E_TOO_LARGE'
  | 'E_NAME_INVALID'
  | 'E_MERGE_MARKS';

/** A path that no candidate may contain (trust rule T10). */
interface RefusedPath {
  readonly path: RepoPath;
  readonly code: RefusalCode;
  readonly detail: string;
}

/** A worker says that a check that it sees is wrong. It decides nothing: a person is told, at the end. */
export interface Dispute {
  readonly check: RepoPath;
  readonly why: string;
}

/** A worktree's content, safe in the vault. */
export interface Snapshot {
  /**
   * Tracked files plus those the base's ignore rules do not ignore, caches of tools as the base has them: the
   * only tree that is judged or delivered.
   */
  readonly candidate: TreeId;
  /** Everything but the dependency layer, up to the cap: what is kept so that no work is lost. */
  readonly salvage: TreeId;
  /** The ref in the vault that keeps both reachable; also the proof that the worktree may be removed. */
  readonly ref: string;
  readonly refused: readonly RefusedPath[];
  /** Checks of the goal that the agent had changed: the candidate has them as they were given. Absent: none. */
  readonly frozen?: readonly RepoPath[];
  /** What the worker says of checks: claims. Absent: nothing. */
  readonly disputes?: readonly Dispute[];
  /** A task that the agent proposes in a file, where it has no tools. Absent: none, or the same as a turn before. */
  readonly proposal?: BlobRef;
  /** Changes outside of the write set of the task: in the salvage, not in the candidate. At most 50 named. Absent: none. */
  readonly outside?: readonly RepoPath[];
  /** New files the base's rules ignore, and new caches of tools: in the salvage, not in the candidate. At most 50 named. */
  readonly ignored: readonly RepoPath[];
  /** FIFOs, sockets, devices: skipped. At most 50 named. */
  readonly special: readonly RepoPath[];
  /** Paths left out of the salvage for its cap. At most 50 named. */
  readonly overCap: readonly RepoPath[];
}

export type ChangeKind = 'added' | 'modified' | 'deleted';
export interface PathChange {
  readonly path: RepoPath;
  readonly change: ChangeKind;
  readonly oldMode: string;
  readonly newMode: string;
  /** What the file was and is, null where there is none. Absent, as in logs of before: not recorded. */
  readonly before?: GitBlobId | null;
  readonly after?: GitBlobId | null;
}
