import type { ReaderName } from '../../../domain/gates/reader-names.ts';

/** A runner found behind a command. `program` is a base name, without its folder. */
export interface Started {
  /** Arguments of the runner itself. */
  readonly args: readonly string[];
  /** A script given to a plain interpreter: it is this runner only if its content `shows` it. */
  readonly entry?: { readonly path: string; readonly shows: RegExp };
  /** Another tool starts it, perhaps several times, and hands on none of its arguments. */
  readonly behindTool?: true;
}

/** A test runner found in one simple command. */
export interface Runner extends Started {
  readonly reader: Exclude<ReaderName, 'exit_only'>;
  /** Variables that the command sets for the runner, so that nothing else could. */
  readonly sets: readonly string[];
}

/** The test runner whose report a gate is judged by, and how further arguments reach it. */
export interface Analysis {
  readonly runner: Runner;
  /** How often it is started, one after the other, each with a report of its own. */
  readonly runs: number;
  /** Scripts given to an interpreter that are the runner. Absent: none. */
  readonly entries?: readonly string[];
  /**
   * `direct`: at the end of the argv. `divided`: after `--`. `script`: at the end, the manager passes it on.
   * `shell`: at the end of the text for a shell. `no`: they cannot.
   */
  readonly append: 'direct' | 'divided' | 'script' | 'shell' | 'no';
  /** The other simple commands that run with it, as text. */
  readonly beside: readonly string[];
}
