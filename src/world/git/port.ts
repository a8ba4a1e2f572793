import type { RemotePlace } from '../../domain/delivery/remote.ts';
import type { RawPath } from '../../domain/git/path-bytes.ts';
import type { Beside } from '../../domain/gates/beside-tree.ts';
import type { CommitAuthor } from '../../domain/goal/author.ts';
import type { OverlayEdit } from '../../domain/gates/evidence.ts';
import type { PathChange, Snapshot } from '../../domain/git/snapshot.ts';
import type { Change, MergedTrees as MergedCandidate } from '../../domain/goal/merge.ts';
import type { CommitId, GitBlobId, RepoPath, TreeId } from '../../domain/ids.ts';
import type { RepositoryPin } from '../../domain/goal/event.ts';

export interface InspectedRepository {
  readonly pin: RepositoryPin;
  /** Real path of the common git directory. */
  readonly gitDir: string;
  readonly shallow: boolean;
  readonly detached: boolean;
  /** Untracked and changed paths in the checkout, at most 20 named. */
  readonly dirtyPaths: readonly RepoPath[];
  /** `.omk/` in the working tree differs from the base commit. */
  readonly policyDiffers: boolean;
  readonly submodules: readonly RepoPath[];
  /** Who the user is to git here; null where that is not set. */
  readonly user: CommitAuthor | null;
}

/** `together`: paths that both sides changed, each in another way. */
export type ChainedMerge = MergedCandidate & { readonly together?: readonly RepoPath[] };

export interface TreeEntry {
  readonly path: RepoPath;
  readonly mode: '100644' | '100755' | '120000' | '160000';
  readonly id: GitBlobId;
}

export interface TreeFile {
  readonly path: RepoPath;
  readonly id: GitBlobId;
  readonly content: Buffer;
}

export interface Mention {
  readonly path: RepoPath;
  readonly text: string;
}

export interface LaidFile {
  readonly path: RepoPath;
  readonly mode: '100644' | '100755';
  readonly content: Uint8Array;
}

/** File system facts by path, opaque to whoever keeps them. */
export type Stamps = ReadonlyMap<string, string>;

export interface Difference {
  readonly changed: readonly RepoPath[];
  readonly created: readonly RepoPath[];
  /** New folders without anything in them, which no tree can hold. */
  readonly emptyFolders: readonly RepoPath[];
}

/** A worktree directory with the base checked out and a private, disposable `.git`. */
export interface Worktree {
  readonly dir: string;
}

/** What was placed in one checkout. */
export interface PlacedSupplies {
  /** Paths that are not as the tree has them: none of them is a change. */
  readonly paths: readonly RepoPath[];
  /** Those of them that are of the tree all the same, and are not as they were placed any more. */
  changed(): Promise<readonly RepoPath[]>;
}

/** What checkouts of a base get beside its tree. */
export interface Supplies {
  /** A `.git` whose HEAD is the base commit, shared by all: it is shown read-only or copied. `tag`: the last before the base. */
  readonly git: { readonly dir: string; readonly commit: CommitId; readonly tag: string | null };
  readonly told: Beside;
  /** Values in it that no output may show. */
  readonly secrets: readonly string[];
  /** Into a checkout of a tree, which is the base or a candidate for it. */
  place(tree: TreeId, dir: string, only?: 'submodules'): Promise<PlacedSupplies>;
  /** Paths of a worktree in which it was placed that are not the agent's work. */
  unchanged(worktree: string): Promise<readonly RepoPath[]>;
}

/** A change as a user names it. `base`: a revision, null for the one that fits; `since`: a commit that HEAD was at before. */
export type AskedChange =
  | { readonly kind: 'range'; readonly from: string; readonly to: string }
  | { readonly kind: 'working_tree' | 'staged'; readonly base: string | null; readonly since?: string }
  | { readonly kind: 'tree'; readonly tree: TreeId; readonly base: string | null };

/** A change whose base and tree are in the vault. */
export interface FoundChange {
  /** `why`: how the base was chosen, as a name. */
  readonly base: { readonly commit: CommitId; readonly tree: TreeId; readonly why: string };
  readonly tree: TreeId;
  /** The commit whose tree it is; null where it is of none. */
  readonly commit: CommitId | null;
  /** As a person calls it. */
  readonly name: string;
  /** Folders with a repository of their own that are not part of it. */
  readonly leftOut: readonly RepoPath[];
}

/** Proof that everything in a worktree is in the vault; required to remove it. */
export type SafeInVault = Snapshot['ref'];

/**
 * omk's own bare repository for one user repository. Agents never see it.
 * Failures are `OmkError`s with a `GIT_*` code.
 */
export interface Vault {
  readonly dir: string;
  /** Where the user's repository is: at the place of its pin, unless it was moved. */
  readonly root: string;
  /** Notes that the user's repository is elsewhere now. */
  moveRoot(root: string): Promise<void>;
  /** Copies a commit (without history) from the user's repository. Idempotent. */
  fetchBase(from: string, commit: CommitId): Promise<void>;
  treeOf(commit: CommitId): Promise<TreeId>;
  /** `dir` must not exist. The private `.git` shares nothing with the vault. */
  createWorktree(dir: string, base: CommitId): Promise<Worktree>;
  /** Walks `worktree` itself; `layers` are paths of dependency layers inside it (left out of both trees). */
  snapshot(request: {
    readonly worktree: string;
    readonly base: TreeId;
    readonly ref: string;
    readonly layers: readonly RepoPath[];
    /** Rules for names that the user ignores everywhere (`personalIgnores`); new files that fit them are not delivered. */
    readonly ignores?: string;
    readonly message: string;
    /** Seconds since the epoch, for the commit that keeps the trees. */
    readonly at: number;
  }): Promise<Snapshot>;
  /** `OmkError` `WORKTREE_NOT_SAFE` when the ref is not there or the snapshot left something out. Gone already is fine. */
  removeWorktree(worktree: string, safe: SafeInVault): Promise<void>;
  /**
   * Writes a tree's files into an empty or absent directory, attributes overridden, without `.git`. `index`:
   * where git's index of it is kept.
   */
  checkout(tree: TreeId, dir: string, index?: string): Promise<void>;
  /**
   * Makes a checkout that is known to be exactly the tree of its index one of `tree`, by writing what differs.
   * Gives the stamps of the rest.
   */
  moveCheckout(
    tree: TreeId,
    dir: string,
    index: string,
    from: { readonly tree: TreeId; readonly stamps: Stamps },
  ): Promise<Stamps>;
  /** How the files of `dir` look at `now` (milliseconds since the epoch), so that `compare` need not read those that stay so. */
  stamps(dir: string, now: number): Promise<Stamps>;
  /** Tracked content of `dir` against `tree`: what differs and what is new (caps are the caller's). */
  compare(tree: TreeId, dir: string, ignore: readonly RepoPath[], stamps?: Stamps): Promise<Difference>;
  /** Those of `paths` that the `.gitignore` files of a tree ignore. */
  ignored(tree: TreeId, paths: readonly RepoPath[]): Promise<ReadonlySet<RepoPath>>;
  listTree(tree: TreeId): Promise<readonly TreeEntry[]>;
  /** Null when the path is not a blob in the tree. */
  readFile(tree: TreeId, path: RepoPath): Promise<{ readonly id: GitBlobId; readonly content: Buffer } | null>;
  /** Many files in the order asked for, a few megabytes in memory at once; paths that are no blob in the tree are left out. */
  readFiles(tree: TreeId, paths: readonly RepoPath[]): AsyncIterable<TreeFile>;
  /** Many files as text, in the order asked for; empty where the path is not a blob in the tree. */
  readTexts(tree: TreeId, paths: readonly RepoPath[]): Promise<readonly string[]>;
  /** Text files of a tree that hold one of these strings as they stand; one that more than 500 hold is left out. */
  mentions(tree: TreeId, needles: readonly string[]): Promise<readonly Mention[]>;
  diff(from: TreeId, to: TreeId): Promise<readonly PathChange[]>;
  /** `git diff --binary --full-index`, no renames, `a/` and `b/` prefixes. */
  patch(from: TreeId, to: TreeId): Promise<Buffer>;
  /** The candidate with edits applied: the tree of trust rule T6. `merged` gives the bytes of each `merge` edit. */
  overlay(
    base: TreeId,
    candidate: TreeId,
    edits: readonly OverlayEdit[],
    merged: ReadonlyMap<RepoPath, string>,
  ): Promise<TreeId>;
  /** A tree with files in the place of what it has there: folders of their names, and files in their way, too. */
  lay(tree: TreeId, files: readonly LaidFile[]): Promise<TreeId>;
  /**
   * Changes on another tree than the one they were made on, in the object database: each on what those before it gave. One that conflicts
   * leaves the tree as it is.
   */
  mergeChain(onto: TreeId, changes: readonly Change[]): Promise<readonly ChainedMerge[]>;
  /** The tree that a patch makes of another. `OmkError` `PATCH_DOES_NOT_APPLY`. */
  patched(tree: TreeId, patch: Uint8Array): Promise<TreeId>;
  /** One commit by omk, with another author where one is named, and a ref that keeps it. */
  commit(request: {
    readonly tree: TreeId;
    readonly parent: CommitId;
    readonly message: string;
    readonly ref: string;
    readonly at: number;
    readonly author?: CommitAuthor;
  }): Promise<CommitId>;
  /** Names of the refs below a folder of refs. */
  listRefs(folder: string): Promise<readonly string[]>;
  deleteRefs(refs: readonly string[]): Promise<void>;
  /** Bytes of objects that lie in files of their own. */
  looseBytes(): Promise<number>;
  /** Packs what refs lead to. What nothing leads to goes when it is older than `pruneDays`; null: it stays. */
  compact(pruneDays: number | null): Promise<void>;
  /** The commit a ref of the vault names, null without one. */
  tip(ref: string): Promise<CommitId | null>;
  /** Puts files as one commit on a ref (for `refs/omk/proofs`), in place of the folder and on top of the rest of what is there. */
  commitFiles(request: {
    readonly ref: string;
    readonly folder: string;
    readonly files: ReadonlyMap<string, Uint8Array>;
    readonly message: string;
    readonly at: number;
  }): Promise<CommitId>;
}

/** Reads objects of any repository and writes nothing there; blobs and commits are hashed again. */
export interface GitObjects {
  commitTree(commit: CommitId): Promise<TreeId>;
  commitParents(commit: CommitId): Promise<readonly CommitId[]>;
  listTree(tree: TreeId): Promise<readonly TreeEntry[]>;
  /** As `Vault.mentions`. */
  mentions(tree: TreeId, needles: readonly string[]): Promise<readonly Mention[]>;
  /** `OmkError` `GIT_OBJECT_MISSING`, `GIT_OBJECT_CORRUPT`. */
  readBlob(id: GitBlobId): Promise<Buffer>;
  /** As `Vault.readTexts`; hashed again. */
  readTexts(tree: TreeId, paths: readonly RepoPath[]): Promise<readonly string[]>;
  /** Null when the revision names nothing. */
  resolve(revision: string): Promise<string | null>;
  /** Whether a commit is a revision or behind it; false where one is not there. */
  isAncestor(older: CommitId, newer: string): Promise<boolean>;
  /** What names a change whatever it is based on (`git patch-id`): of a commit against its first parent; null for a commit without one. */
  patchIdOf(commit: CommitId): Promise<string | null>;
  /** The same of a patch; null where it changes nothing. */
  patchId(patch: Uint8Array): Promise<string | null>;
  /** The tree that `patch` makes of `base`'s tree. `OmkError` `PATCH_DOES_NOT_APPLY`, `GIT_OBJECT_MISSING`. */
  treeFromPatch(base: CommitId, patch: Uint8Array): Promise<TreeId>;
}

/** How a result reaches the user's repository. */
export type ApplyResult =
  | { readonly kind: 'branch'; readonly branch: string; readonly commit: CommitId }
  | { readonly kind: 'merged'; readonly branch: string; readonly commit: CommitId };

/** Branches of a remote, and which one it has checked out. */
export interface Heads {
  readonly main: string | null;
  readonly heads: ReadonlyMap<string, CommitId>;
}

/** `rejected`: the branch has other content. */
export type PushResult = { readonly kind: 'pushed' } | { readonly kind: 'rejected' };

export type MergedTrees =
  | { readonly kind: 'clean'; readonly tree: TreeId }
  /** `marked`: with both sides in the files, and what they began with. */
  | { readonly kind: 'conflict'; readonly paths: readonly RawPath[]; readonly marked: TreeId };

/** A remote of the user's repository, used as the user. Failures are `OmkError`s `REMOTE_*`, `PUSH_REFUSED`; no credential is in them. */
export interface RemoteRepository {
  readonly name: string;
  /** Null where its URL is no place on the web. */
  readonly place: RemotePlace | null;
  /** The user's clone lacks history, so that what follows what may be unknown. */
  readonly shallow: boolean;
  /** A repository that has the objects of all sides, while this remote is open. */
  readonly dir: string;
  heads(branches: readonly string[]): Promise<Heads>;
  /** Another repository of the same host, by its place: the remote that is it, else by the way in which this one is reached. */
  at(place: RemotePlace): Promise<RemoteRepository>;
  /** Brings a branch that is known to have that commit; neither the vault nor the user's repository gets it. */
  fetch(branch: string, commit: CommitId): Promise<void>;
  /** The commit of a pull request, also where its branch is in a fork. */
  fetchPullRequest(number: number, branch: string, commit: CommitId): Promise<void>;
  has(commit: CommitId): Promise<boolean>;
  /** The newest commit that both have, null when they share none that is here. */
  mergeBase(one: CommitId, other: CommitId): Promise<CommitId | null>;
  isAncestor(older: CommitId, newer: CommitId): Promise<boolean>;
  commitsBetween(from: CommitId, to: CommitId): Promise<number>;
  treeOf(commit: CommitId): Promise<TreeId>;
  merge(ours: CommitId, theirs: CommitId): Promise<MergedTrees>;
  commit(request: {
    readonly tree: TreeId;
    readonly parents: readonly CommitId[];
    readonly message: string;
    readonly at: number;
  }): Promise<CommitId>;
  /** Never forced. */
  push(commit: CommitId, branch: string): Promise<PushResult>;
  /**
   * Puts proofs of the vault on `refs/omk/proofs` of the remote, on top of what is there; never forced. `busy`: others kept adding to it.
   * `OmkError` `PUSH_REFUSED`, `REMOTE_*`.
   */
  pushProofs(request: {
    readonly from: CommitId;
    readonly goals: readonly string[];
    readonly at: number;
  }): Promise<'pushed' | 'there' | 'busy'>;
}

export interface Git {
  /** Opens the remote that is asked for, or the one that the user pushes `branch` to. `OmkError` `REMOTE_NONE`, `REMOTE_UNKNOWN`. */
  withRemote<T>(
    request: {
      readonly vault: Pick<Vault, 'dir'>;
      readonly root: string;
      readonly remote: string | null;
      readonly branch: string | null;
    },
    work: (remote: RemoteRepository) => Promise<T>,
  ): Promise<T>;
  /** As `git version` says it. `OmkError` `GIT_NOT_FOUND`, `GIT_TOO_OLD`. */
  version(): Promise<string>;
  /**
   * `needs`: files of a checkout (default), or commits only. `OmkError` `GIT_TOO_OLD`, `GIT_NOT_FOUND`, `NOT_A_REPOSITORY`,
   * `BARE_REPOSITORY`, `NO_COMMITS`, … with the fix. Writes nothing.
   */
  inspect(path: string, needs?: 'files' | 'commits'): Promise<InspectedRepository>;
  openVault(repository: RepositoryPin): Promise<Vault>;
  /**
   * Base and tree of a change, copied to the vault. Writes nothing else. `OmkError` `REVISION_UNKNOWN`, `NO_MERGE_BASE`,
   * `INDEX_UNMERGED`, `WORKING_TREE_UNREADABLE`.
   */
  change(repository: InspectedRepository, change: AskedChange): Promise<FoundChange>;
  /** Whether there is a repository at a path that has a commit. */
  hasCommit(path: string, commit: CommitId): Promise<boolean>;
  /** After `openVault` and `fetchBase`. `OmkError` `INCLUDE_TOO_MUCH`. */
  supplies(repository: RepositoryPin): Promise<Supplies>;
  /**
   * Rules by which the user's git leaves files out of every commit (`core.excludesFile`, `.git/info/exclude`);
   * empty where there are none.
   */
  personalIgnores(root: string): Promise<string>;
  /**
   * `OmkError` `BRANCH_EXISTS`, `BRANCH_NAME_INVALID`, `GIT_OBJECT_MISSING`, `REFS_NOT_CHANGED`; for `merge` also `CHECKOUT_DIRTY`,
   * `CHECKOUT_LOCKED`, `FILE_IN_THE_WAY`, `HEAD_DETACHED`, `MERGE_CONFLICT`, `MERGE_NEEDS_FILTER`. A merge commit has omk's identity.
   * Objects of `commit` from the vault into the user's repository, then a new branch (and `refs/omk/*`);
   * `merge` also merges cleanly into a clean checkout.
   */
  apply(request: {
    readonly vault: Vault;
    readonly root: string;
    readonly commit: CommitId;
    readonly goalRef: string;
    readonly branch: string;
    readonly merge: boolean;
    readonly proofs: CommitId | null;
  }): Promise<ApplyResult>;
}
