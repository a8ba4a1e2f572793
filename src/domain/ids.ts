/**
 * A string of one meaning. Plain text may become one, two meanings are never mixed: a commit is no tree, and the
 * compiler says so.
 */
type Id<Name extends string> = string & { readonly is?: Name };

/** A goal's name: `g-` then the day and six random base-32 characters, unique within one state directory. */
export type GoalId = Id<'GoalId'>;
/** A git tree id, lowercase hex, 40 (SHA-1) or 64 (SHA-256) characters. */
export type TreeId = Id<'TreeId'>;
/** A git commit id, lowercase hex, 40 or 64 characters. */
export type CommitId = Id<'CommitId'>;
/** A git blob id, lowercase hex, 40 or 64 characters. */
export type GitBlobId = Id<'GitBlobId'>;
/** SHA-256 of some bytes, lowercase hex, 64 characters. */
export type Sha256 = Id<'Sha256'>;
/** RFC 3339 UTC with milliseconds, for example `2026-01-31T12:00:00.000Z`. */
export type Timestamp = string;
/**
 * A path inside a repository: relative, `/` between parts, never starting with `/` or containing `..`. Names are bytes: those
 * that are not UTF-8 are escaped, see `git/path-bytes.ts`.
 */
export type RepoPath = Id<'RepoPath'>;

/** Bytes kept in the blob store, named by their content. */
export interface BlobRef {
  readonly sha256: Sha256;
  /** Length in bytes of what is stored. */
  readonly bytes: number;
  /** True when the original was longer and only its head and tail were kept. */
  readonly truncated: boolean;
}
