import type { Readable, Writable } from 'node:stream';
import type { Mark } from './mark.ts';

/** One child process, its whole group and its output. */
export interface RunRequest {
  readonly argv: readonly [string, ...string[]];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** After this the whole process tree is killed. */
  readonly timeoutMs: number;
  /** Output goes to these files, each capped at `capBytes` (head and tail kept, a line between says so). */
  readonly stdoutFile: string;
  readonly stderrFile: string;
  readonly capBytes: number;
  readonly onLine?: (line: string, stream: 'stdout' | 'stderr') => void;
  readonly signal?: AbortSignal;
  /** Everything that is started is found by it and killed at the end, also what left the group. */
  readonly marker?: Mark;
}

export type RunResult = (
  | { readonly kind: 'exited'; readonly code: number }
  | { readonly kind: 'signalled'; readonly signal: string }
  | { readonly kind: 'timed_out'; readonly afterMs: number }
  | { readonly kind: 'aborted' }
  | { readonly kind: 'not_found'; readonly detail: string }
) & {
  readonly durationMs: number;
  readonly stdoutTruncated: boolean;
  readonly stderrTruncated: boolean;
};

/** A process that lives long and is spoken to over its standard streams. */
export interface StartRequest {
  readonly argv: readonly [string, ...string[]];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** Everything that is started is found by it and killed at the end, also what left the group. */
  readonly marker?: Mark;
  /** How long it may take to leave after its standard input was closed; 1500 when left out. */
  readonly graceMs?: number;
}

export type ProcessEnd =
  | { readonly kind: 'exited'; readonly code: number }
  | { readonly kind: 'signalled'; readonly signal: string };

export interface StartedProcess {
  readonly pid: number;
  readonly stdin: Writable;
  readonly stdout: Readable;
  readonly stderr: Readable;
  /** When the process itself is gone; its group is killed at the same moment. Never rejects. */
  readonly exited: Promise<ProcessEnd>;
  /** Closes stdin, waits, then kills group and strays. When it resolves nothing of it lives. May be called again. */
  end(): Promise<ProcessEnd>;
}
