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
  readonly tasks?: TaskRunner;
  /** For programs that do not take `--version`; null for any other. */
  asks?(program: string, path: string): Asks | null;
}
