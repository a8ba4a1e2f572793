import type { GoalEvent, LoggedEvent } from '../domain/goal/event.ts';
import type { Status } from '../domain/goal/status.ts';
import type { BlobRef, GoalId, Sha256, Timestamp } from '../domain/ids.ts';

export interface StoredBlob {
  readonly sha256: Sha256;
  readonly bytes: number;
  /** When it was stored last, in milliseconds since the epoch. */
  readonly storedMs: number;
}

/** What lists show without folding a log; written in the same transaction as the event. */
export interface GoalSummary {
  readonly goal: GoalId;
  readonly repository: string;
  readonly title: string;
  readonly status: Status;
  readonly createdAt: Timestamp;
  readonly updatedAt: Timestamp;
}

export type AppendResult =
  | { readonly kind: 'appended'; readonly events: readonly LoggedEvent[] }
  /** Somebody else appended first; `version` is the number of events there are now. */
  | { readonly kind: 'conflict'; readonly version: number };

export interface LogLine {
  readonly event: LoggedEvent;
  /** The stored bytes, without the newline: of large parts of the event they have the digests, of paths nothing. */
  readonly line: string;
}

/** The right to work on a goal, held by one process at a time. */
export interface Lease {
  /** False when it was lost to another process. */
  renew(): Promise<boolean>;
  release(): Promise<void>;
}

export type LeaseResult =
  | { readonly kind: 'held'; readonly lease: Lease }
  | { readonly kind: 'taken'; readonly pid: number; readonly since: Timestamp };

/**
 * The append-only log of every goal, and blobs by content. Several processes may use one store at once.
 * An append is acknowledged only when it is durable. Failures are `OmkError`s with a `STORE_*` code.
 */
export interface Store {
  /** Appends in order and atomically; `version` is the number of events the caller has seen. */
  append(
    goal: GoalId,
    version: number,
    events: readonly GoalEvent[],
    summary: GoalSummary,
    /** When they happened; now when left out. */
    at?: Timestamp,
  ): Promise<AppendResult>;
  /** The lines that an append at a time would write, to the byte; null when somebody else appended meanwhile. Writes no event. */
  foresee(
    goal: GoalId,
    version: number,
    events: readonly GoalEvent[],
    at: Timestamp,
  ): Promise<readonly LogLine[] | null>;
  /** All lines from `from` (a seq, default 0), chain checked; a broken chain is `STORE_CORRUPT`. */
  read(goal: GoalId, from?: number): Promise<readonly LogLine[]>;
  /** Newest first. */
  list(filter?: { readonly repository?: string }): Promise<readonly GoalSummary[]>;
  /** Calls back after an append by any process; returns the way to stop. */
  subscribe(goal: GoalId, onChange: () => void): () => void;
  putBlob(content: Uint8Array, truncated?: boolean): Promise<BlobRef>;
  /**
   * Stores a file's bytes; over `cap` bytes (16 MiB unless given) only its head and tail, with a line between that says so.
   * `STORE_NOT_A_FILE` for a link, a pipe or what cannot be read.
   */
  putFile(path: string, cap?: number): Promise<BlobRef>;
  /** Null when it is not there. Content is checked against its name. */
  getBlob(sha256: Sha256): Promise<Uint8Array | null>;
  /** Every blob, also those that no log names any more. */
  listBlobs(): Promise<readonly StoredBlob[]>;
  removeBlob(sha256: Sha256): Promise<void>;
  /** Takes a goal out, with its whole log. */
  remove(goal: GoalId): Promise<void>;
  /** The goals that lists show under one repository are shown under another; returns how many there are. */
  moveGoals(from: string, to: string): Promise<number>;
  lease(goal: GoalId): Promise<LeaseResult>;
  /** The process that works on a goal; null when none does, as after a crash. */
  holder(goal: GoalId): Promise<{ readonly pid: number; readonly since: Timestamp } | null>;
  close(): Promise<void>;
}
