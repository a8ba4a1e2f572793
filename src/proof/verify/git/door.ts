import type { GatePolicy } from '../../../domain/gates/gate.ts';
import type { CommitId, GitBlobId, RepoPath, TreeId } from '../../../domain/ids.ts';

export interface ListedEntry {
  readonly path: RepoPath;
  readonly mode: string;
  readonly id: GitBlobId;
}

/**
 * What the verifier needs of a repository. It believes ids and hashes contents itself; whoever gives the door
 * must read without replacement objects, hooks and filters, and write nothing but temporary objects.
 */
export interface GitDoor {
  /** Null when the object is not there. */
  commitTree(commit: CommitId): Promise<TreeId | null>;
  commitParents(commit: CommitId): Promise<readonly CommitId[] | null>;
  /** Files, links and submodules of the whole tree; null when it is not there. */
  listTree(tree: TreeId): Promise<readonly ListedEntry[] | null>;
  /** Paths of text files of the tree that hold one of these strings; none where more than 500 do, null when the tree is not there. */
  mentions(tree: TreeId, needles: readonly string[]): Promise<readonly RepoPath[] | null>;
  readBlob(id: GitBlobId): Promise<Uint8Array | null>;
  /**
   * The tree after a `git diff --binary` on top of `base`; null when it does not apply. The new objects stay
   * readable through this door.
   */
  treeFromPatch(base: TreeId, patch: Uint8Array): Promise<TreeId | null>;
  /** The gates as this version of omk reads or detects them in a tree. */
  policyAt(tree: TreeId): Promise<GatePolicy>;
}
