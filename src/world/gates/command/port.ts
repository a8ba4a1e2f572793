import type { RepoPath } from '../../../domain/ids.ts';

/** The command lines of a task; null where they are not known, or where one of its environments runs no tests. */
export type Lines = readonly string[] | null;

/** A program that makes environments of its own and runs commands in them. */
interface TaskRunner {
  /** Names of the files in which it says what it runs. */
  readonly files: readonly string[];
  starts(argv: readonly string[]): boolean;
  /** What it comes to. `texts`: its files by name, empty where one is not there. */
  lines(argv: readonly string[], texts: Readonly<Record<string, string>>): Lines;
}

/** What is asked for the version of a program. */
interface Asks {
  readonly argv: readonly [string, ...string[]];
  /** Put before what it prints. */
  readonly said: string;
}

/** What an ecosystem knows of commands that start its runners. */
export interface Commands {
  /** What is given a script to run. */
  readonly interpreters?: RegExp;
  /** Files that a script of tooling loads, as far as its text tells. */
  loadedBy?(path: RepoPath, text: string): readonly RepoPath[];
  /** Names of runners that say that a command runs tests. */
  readonly testWords?: RegExp;
  /** What prints the version that decides, by the program of a gate. */
  readonly versions?: Readonly<Record<string, readonly [string, ...string[]]>>;
  /** Of what is printed for a version: the line of the tool itself where it is not the first, and lines that decide with it. */
  readonly versionLines?: { readonly own: RegExp; readonly beside: RegExp };
  readonly tasks?: TaskRunner;
  /** For programs that do not take `--version`; null for any other. */
  asks?(program: string, path: string): Asks | null;
}
