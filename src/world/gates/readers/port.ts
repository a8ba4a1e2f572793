import type { Started } from '../command/analysis.ts';
import type { ReaderName } from '../../../domain/gates/reader-names.ts';
import type { Loaded, Loads, TestOutcomes } from '../../../domain/gates/evidence.ts';
import type { RepoPath } from '../../../domain/ids.ts';
import type { Analysis } from '../command/analysis.ts';

export type Argv = readonly [string, ...string[]];

/** What a reader may use to make the runner report. All paths are as the gate sees them. */
export interface InjectRequest {
  readonly argv: Argv;
  readonly env: Readonly<Record<string, string>>;
  /** Fresh, random and empty but for the file `key`. */
  readonly reportDir: string;
  /** Read-only; holds the reporter under `reporterName`. */
  readonly injectDir: string;
  /** Random, a Python identifier: nothing in the checkout can stand in its place. */
  readonly reporterName: string;
  readonly tmp: string;
  /** False: the gate has no network, and a runner that asks for it first should not. */
  readonly network?: boolean;
  /** The tests are to run in another order than the usual one, where the runner has an option for it. */
  readonly reordered?: true;
  /** Where the run is to tell who loads what; absent: it need not. */
  readonly loads?: LoadsPlace;
  /** The runner behind the argv; null when the reader was declared for a command that cannot be looked into. */
  readonly analysis: Analysis | null;
}

export interface Injection {
  readonly argv: Argv;
  readonly env: Readonly<Record<string, string>>;
  /** The tests run in another order, as was asked for, or each in a process of its own. Absent: the report may say so, or nobody asked. */
  readonly reordered?: true;
}

export type ReadResult =
  | {
      readonly kind: 'tests';
      readonly tests: TestOutcomes;
      readonly loaded?: Loaded;
      /** The tests ran in another order, as far as the runner says. Absent: it does not say so. */
      readonly reordered?: true;
    }
  | { readonly kind: 'unreadable'; readonly why: 'missing' | 'invalid' | 'several'; readonly detail: string };

/** A file in the folder of a reader or its ecosystem, by a name of its own, and the extension it gets behind the name of the reporter. */
export interface Injected {
  readonly file: string;
  readonly extension: string;
}

/** How a run of the base is made to tell which code loads which, or what it finds elsewhere, besides its report. */
interface LoadsReader {
  /** Put into the gate, with the extension behind the name of the reporter. */
  readonly files: readonly Injected[];
  /** Names of new files of the checkout that tell it too. Absent: none. */
  readonly left?: RegExp;
  /** From what was left in the folder; null where that does not tell. `tests` are the files that the report names. */
  read(texts: readonly string[], tests: ReadonlySet<RepoPath>): Loads | Pick<Loaded, 'outside'> | null;
}

/** Where a run tells it, as the gate sees that: the checkout, and an empty folder to write to. */
export interface LoadsPlace {
  readonly checkout: string;
  readonly folder: string;
}

/** How one runner is made to report, and how its report is read. One file each, registered in `all.ts`. */
export interface Reader {
  readonly name: Exclude<ReaderName, 'exit_only'>;
  /** Prints the version of what runs the tests, for gates that name only a shell. */
  readonly version: Argv;
  /**
   * How the runner is told to report: by its environment, wherever it is started; by arguments, which a package script
   * must pass on to it; or by words in the gate's own argv.
   */
  readonly reach: 'environment' | 'arguments' | 'argv';
  /** The variable by which it is told, or by which it is told where arguments do not get through. */
  readonly variable?: string;
  /**
   * `directory`: exactly one file appears in the report directory. `stdout`: the output is the report. `files`: a file for each
   * part of the project appears in the report directory. `checkout`: files do so in the checkout, with `reporterName` in their names,
   * which no commit can know. The report of the last two is a bundle.
   */
  readonly report: 'directory' | 'stdout' | 'files' | 'checkout';
  /** Whether runs of one command, one after the other, can each have a report. */
  readonly several?: true;
  /** Put into the gate with the key that seals a report; null when the runner brings its own reporter. */
  readonly reporter: Injected | null;
  /** What else is put into the gate. */
  readonly beside?: readonly Injected[];
  /** How a run of the base tells who loads what; absent: it does not. */
  readonly loads?: LoadsReader;
  /** What a simple command starts, wrappers like `npx` taken off; null when it is not this runner. */
  recognise(program: string, args: readonly string[]): Started | null;
  inject(request: InjectRequest): Injection;
  /** Tests of a report. The checkout is `root` in it. Never throws: what it cannot read is `invalid`. */
  read(report: string, root: string): ReadResult;
  /** A line of output as people should see it, null for none; only where the output is the report. */
  readonly human?: (line: string) => string | null;
}
