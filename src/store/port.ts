import type { GoalEvent, LoggedEvent } from '../domain/goal/event.ts';
import type { Status } from '../domain/status.ts';
import type { BlobRef, GoalId, Sha256, Timestamp } from '../domain/ids.ts';

/** Several processes may use one store at once. Failures are `OmkError`s with a `STORE_*` code. */
export interface Store extends Log, Blobs, Catalogue, Leases {
  close(): Promise<void>;
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

/** The append-only log of every goal. An append is acknowledged only when it is durable. */
export interface Log {
  /**
   * Appends in order and atomically; `version` is the number of events the caller has seen. With a lease that is not current any
   * more nothing is written: `LEASE_LOST`.
   */
  append(
    goal: GoalId,
    version: number,
    events: readonly GoalEvent[],
    summary: GoalSummary,
    /** When they happened; now when left out. */
    at?: Timestamp,
    under?: LeaseToken,
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
  /** Calls back after an append by any process; returns the way to stop. */
  subscribe(goal: GoalId, onChange: () => void): () => void;
}

export interface StoredBlob {
  readonly sha256: Sha256;
  readonly bytes: number;
  /** When it was stored last, in milliseconds since the epoch. */
  readonly storedMs: number;
}

/** Content by its digest. */
export interface Blobs {
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

/** Which goals there are. */
export interface Catalogue {
  /** Newest first. */
  list(filter?: { readonly repository?: string }): Promise<readonly GoalSummary[]>;
  /** Takes a goal out, with its whole log. */
  remove(goal: GoalId): Promise<void>;
  /** The goals that lists show under one repository are shown under another; returns how many there are. */
  moveGoals(from: string, to: string): Promise<number>;
}

/** What an append carries, so that it is refused once somebody else was given the lease. */
export interface LeaseToken {
  readonly key: string;
  /** Greater with each lease of the same goal and key. */
  readonly token: number;
}

/** The right to work on a goal, or on one intent of it, held by one worker at a time. */
export interface Lease extends LeaseToken {
  /** False when it was lost to another worker. */
  renew(): Promise<boolean>;
  release(): Promise<void>;
}

/** Who holds a lease. */
export interface Holder {
  /** In words for people, such as `process 4711`. */
  readonly name: string;
  readonly since: Timestamp;
}

export type LeaseResult =
  | { readonly kind: 'held'; readonly lease: Lease }
  | { readonly kind: 'taken'; readonly holder: Holder };

export interface Leases {
  /** `key`: the intent; the whole goal when left out. */
  lease(goal: GoalId, key?: string): Promise<LeaseResult>;
  /** Who works on a goal, or on one intent of it; null when nobody does, as after a crash. */
  holder(goal: GoalId, key?: string): Promise<Holder | null>;
}
