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
