import type { GoalId, Sha256 } from '../../domain/ids.ts';
/** The part of a cassette that one process writes. Nothing of it is changed later. */
export interface CassetteWriter {
  /** Which execution of the goal it is, from 1 on. */
  readonly run: number;
  /** At once and in order; what was written is there when the process is killed. */
  append(line: string): void;
  /** Content by its name, written once. Returns the bytes that this added. */
  keep(sha256: Sha256, content: Uint8Array): number;
  close(): void;
}

/** What the executions of one goal took from outside. */
export interface StoredCassette {
  /** The text of each execution, in their order. */
  readonly runs: readonly string[];
  /** Null when it is not there. */
  content(sha256: Sha256): Uint8Array | null;
  /** Names of all content. */
  contents(): readonly string[];
}

/** Cassettes lie beside the log. */
export interface Cassettes {
  /** Begins another execution of a goal. */
  begin(goal: GoalId): CassetteWriter;
  /** Null when nothing was recorded. */
  read(goal: GoalId): StoredCassette | null;
  /** What runs here. */
  readonly here: { readonly node: string; readonly system: string };
  /** The most bytes of one goal. */
  readonly maxBytes: number;
  bytesOf(goal: GoalId): number;
  /** Where the cassette of a goal lies. */
  folder(goal: GoalId): string;
}
