import type { BlobRef, CommitId, GoalId, RepoPath, Sha256, Timestamp, TreeId } from '../ids.ts';
import type { ReaderName } from './reader-names.ts';

/** The tests a runner reported, each id once, sorted; file-level entries are not tests. */
export interface TestOutcomes {
  readonly passed: readonly string[];
  readonly failed: readonly string[];
  /** Skipped, todo or expected to fail: known to the runner, not executed to a pass. */
  readonly skipped: readonly string[];
  /** Files or packages that failed as a whole without a test of their own, for example because an import failed. Not tests. */
  readonly broken?: readonly string[];
}

/** Code of the checkout by what loads it, as a run of the base showed it. No file is in two of them. */
export interface Loads {
  /** Tests lead to it by what they import, and it is none of the others. */
  readonly reached: readonly RepoPath[];
  /** The command line or the runner itself loads it, before the first test. */
  readonly runners: readonly RepoPath[];
  /** It was loaded, and tests do not lead to it. */
  readonly apart: readonly RepoPath[];
}

/**
 * What a run of the base was seen to load. On a candidate its own code could say anything, so there nothing is recorded. Without `reached`
 * and its siblings it was not seen who loads what.
 */
export interface Loaded extends Partial<Loads> {
  /** Names by which the base finds libraries that are not its own, and what its runner needs: `argparse`, `rspec/core`. */
  readonly outside: readonly string[];
  /** Folders of the checkout that it looks into for such names; empty: the root. */
  readonly paths: readonly RepoPath[];
  /** Files of the checkout that the runner names as its plugins. Absent: it does not tell. */
  readonly plugins?: readonly RepoPath[];
}

export type TestReport =
  | {
      readonly kind: 'tests';
      readonly reader: ReaderName;
      readonly tests: TestOutcomes;
      readonly blob: BlobRef;
      /** Absent: not a run of the base, or the reader cannot see it. */
      readonly loaded?: Loaded;
      /** It was asked who loads what, and did not tell. Absent: it told, or was not asked. */
      readonly untold?: true;
      /** The runner says that the tests ran in another order. Not in logs: the measurement says it. */
      readonly reordered?: true;
    }
  | {
      readonly kind: 'unreadable';
      readonly reader: ReaderName;
      readonly why: 'missing' | 'invalid' | 'several';
      readonly detail: string;
    }
  | { readonly kind: 'exit_only' };

export type ProcessOutcome =
  | { readonly kind: 'exited'; readonly code: number }
  | { readonly kind: 'signalled'; readonly signal: string }
  | { readonly kind: 'timed_out'; readonly afterMs: number }
  /** It ended because there was not enough memory, which says nothing about the tree. */
  | { readonly kind: 'out_of_memory'; readonly detail: string }
  /** The gate could not be run; `at` says what is to blame: the machine, the candidate's own dependencies, or a service of the gate. */
  | {
      readonly kind: 'not_started';
      readonly at: 'tool' | 'sandbox' | 'base_dependencies' | 'candidate_dependencies' | 'service';
      readonly detail: string;
    };

/** Tests that must fail, planted in base test files of the judged copy. */
export interface Canary {
  readonly file: RepoPath;
  /** Every file it was planted in, `file` among them; the same as `[file]` when left out. */
  readonly files?: readonly RepoPath[];
  /** Random, so that nothing in the candidate can know it. */
  readonly name: string;
  /** Every test planted in each file, `name` among them; the same as `[name]` when left out. No name ends with another. */
  readonly names?: readonly string[];
  /** Nothing was planted: these tests expect something else than they do in the tree, and must fail for it. */
  readonly altered?: readonly AlteredTest[];
}

/** A test by its own name, without those of its groups. */
export interface AlteredTest {
  readonly file: RepoPath;
  readonly name: string;
}

export type Sandbox =
  | { readonly kind: 'bubblewrap'; readonly version: string; readonly network: boolean }
  | { readonly kind: 'none'; readonly why: string };

/** From the candidate to the tree that was judged, so that a verifier can recompute it (trust rule T3). */
export type Recipe =
  | { readonly kind: 'as_is' }
  | { readonly kind: 'contract'; readonly base: TreeId; readonly edits: readonly OverlayEdit[] };

export type OverlayEdit =
  /** The base's file is put back over the candidate's (or over its absence). */
  | { readonly path: RepoPath; readonly action: 'restore' }
  /** A test-runner configuration file that the base does not have is taken out. */
  | { readonly path: RepoPath; readonly action: 'remove' }
  /** `package.json`: scripts and runner sections are the base's, the rest the candidate's. */
  | { readonly path: RepoPath; readonly action: 'merge' };

/**
 * Which question a gate run answers. `contract`: the base's tests on the new code. `candidate`: the tree as delivered.
 * `oracle` and `held_out`: held-out checks, laid over where they must fail and over the candidate. `hollow`: the candidate without
 * what it does. `reversal`: the base's product under all else that the candidate changes, where what was red must stay red.
 * `altered`: tests of the base with another expectation, which must fail.
 */
export type Purpose =
  | 'baseline'
  | 'contract'
  | 'candidate'
  | 'canary'
  | 'oracle'
  | 'held_out'
  | 'hollow'
  | 'reversal'
  | 'altered';

/** Everything a run depends on. Equal parts, equal run: the key of the cache is the sha256 over their canonical JSON. */
export interface CacheParts {
  /** The tree; of a gate with `inputs` the sha256 over path, mode and id of those files. */
  readonly inputs: string;
  /** The tree whose test files a canary was planted in, null for an ordinary run. */
  readonly canaryBase: TreeId | null;
  /** Nothing was planted: tests of that tree expect something else. */
  readonly altered?: true;
  /** sha256 over argv, folder, reader, services, timeout and the whole environment with its values. */
  readonly settings: Sha256;
  readonly tools: Readonly<Record<string, string>>;
  readonly layer: string | null;
  /** sha256 over the folders of the PATH and when they changed, and the system. */
  readonly machine: Sha256;
  readonly sandbox: string;
  readonly omk: string;
}

/** One execution, wherever it was. Goal null: outside of goals, by `omk gates run`. */
export interface Execution {
  readonly goal: GoalId | null;
  readonly purpose: Purpose;
  readonly round: number;
  readonly tree: TreeId;
  readonly startedAt: Timestamp;
  readonly durationMs: number;
}

export interface FromCache {
  readonly key: Sha256;
  readonly parts: CacheParts;
  readonly from: Execution;
}

/** What one execution of one gate showed: everything omk saw itself, nothing anyone said. */
export interface Measurement {
  readonly gate: string;
  readonly purpose: Purpose;
  /** 1 or 2 for the baseline, else 1. */
  readonly round: number;
  /** The tree that was materialised and judged (before a canary was planted). */
  readonly tree: TreeId;
  readonly canary: Canary | null;
  /** The tree that held-out checks were laid over to make `tree`. */
  readonly over?: TreeId;
  readonly outcome: ProcessOutcome;
  readonly report: TestReport;
  /** Tests new to this run of the contract that it skipped although no text of the base asks for it. Absent: none, or not looked for. */
  readonly unexplainedSkips?: readonly string[];
  /** Tracked paths whose content differed after the gate, at most 20 named. */
  readonly changed: readonly RepoPath[];
  /**
   * Files of tests and runners, their folders, and files of installed packages that were written to or moved while it ran, whatever they
   * are now. Absent: none, or not looked for.
   */
  readonly rewritten?: readonly RepoPath[];
  /** Of the files in which the contract and the candidate differ, those that the run opened. Absent: it could not be seen, or not asked. */
  readonly opened?: readonly RepoPath[];
  /** Of a run of the base: code that was opened before the first file of tests. Absent: it could not be seen, or not looked for. */
  readonly early?: readonly RepoPath[];
  /** Moves of folders could not be seen. Absent: they were, or as in logs of before. */
  readonly unwatched?: true;
  /** The tests ran in another order than the usual one. Absent: in the usual one. */
  readonly reordered?: true;
  /** New files the gate left, at most 20 named. */
  readonly created: readonly RepoPath[];
  readonly stdout: BlobRef;
  readonly stderr: BlobRef;
  /** Last lines of output, redacted and without control sequences, at most 4 KiB. */
  readonly tail: string;
  /** As executed, injections included. Paths of the run are written `$CHECKOUT`, `$REPORT`, `$TMP`. */
  readonly argv: readonly string[];
  readonly envNames: readonly string[];
  readonly tools: Readonly<Record<string, string>>;
  readonly sandbox: Sandbox;
  /** What its checkout had beside the tree: the commit that HEAD of a `.git` named, and how many paths. Absent: nothing. */
  readonly beside?: { readonly git?: CommitId; readonly paths?: number };
  /** Digest of the dependency layer that was mounted, null without one. */
  readonly layer: string | null;
  readonly startedAt: Timestamp;
  readonly durationMs: number;
  /** Nothing was executed: this is the evidence of an earlier run of the same. */
  readonly cached?: FromCache;
}
