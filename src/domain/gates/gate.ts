import type { GitBlobId, RepoPath } from '../ids.ts';
import type { ReaderName } from './reader-names.ts';

export type GateSource =
  | { readonly kind: 'file'; readonly path: RepoPath; readonly blob: GitBlobId }
  | { readonly kind: 'detected'; readonly detector: string; readonly because: string }
  | { readonly kind: 'check'; readonly text: string };

/** What a gate needs beside it while it runs, for example a database on loopback. */
export interface GateService {
  readonly name: string;
  /** Runs in the foreground, inside the gate's sandbox. */
  readonly argv: readonly [string, ...string[]];
  /** Asked again until it exits with 0: then the service can be used. */
  readonly ready: readonly [string, ...string[]];
  readonly readyTimeoutMs: number;
  readonly cwd: RepoPath | '.';
}

/** A command omk runs to judge a tree. Read from the base commit or given by the user, never from a candidate. */
export interface GateSpec {
  /** Unique within a goal, `[a-z0-9._-]+`. */
  readonly id: string;
  readonly argv: readonly [string, ...string[]];
  readonly cwd: RepoPath | '.';
  readonly env: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  readonly required: boolean;
  /** Declared `skip = true`: never run, verdict `not_measured`. */
  readonly skip: boolean;
  readonly network: boolean;
  /** `test`: it is meant to run tests, so a criterion on it needs a reader. `command`: its exit code is its meaning. */
  readonly kind: 'test' | 'command';
  readonly reader: ReaderName;
  readonly source: GateSource;
  /** Started one after the other before the command, ended with it. Absent: none. */
  readonly services?: readonly GateService[];
  /** Globs of the files its verdict depends on, for the cache. Absent: all. */
  readonly inputs?: readonly string[];
  /** How many ordinary gates it counts for where gates run at once. Absent: 1. */
  readonly weight?: number;
  /** How often it runs on the base, as the goal's options say; never in a file. Absent: twice. */
  readonly baselineRuns?: 1;
  /** How often a failure that may be a flake is run again. Absent, as in logs of before: never. */
  readonly retries?: number;
  /**
   * Scripts of the base that it starts behind package scripts and targets of make. Absent: none, or as in logs
   * of before not looked for.
   */
  readonly starts?: readonly RepoPath[];
}

/** What judges a repository at one base commit. */
export interface GatePolicy {
  readonly gates: readonly GateSpec[];
  /** `.omk/gates.toml` at the base, null when the gates were detected. */
  readonly file: { readonly path: RepoPath; readonly blob: GitBlobId } | null;
}
