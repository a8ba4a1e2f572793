import type { RepoPath } from '../ids.ts';

/** A program of a repository, and how it is started. */
export interface EntryPoint {
  readonly path: RepoPath;
  readonly run: string;
  /** How people start it, for example in a README; `run` first. */
  readonly spelled: readonly string[];
}

export interface ProgramTree {
  readonly there: ReadonlySet<RepoPath>;
  /** Of the manifests, and of what `reads` asked for. */
  readonly texts: ReadonlyMap<RepoPath, string>;
  /** What a manifest in JSON or TOML holds; null where it is none, or cannot be read. */
  readonly data: (path: RepoPath) => unknown;
}

/** Which programs a project of an ecosystem has. */
export interface ProgramRules {
  /** Manifests in the root that declare programs. */
  readonly manifests: readonly RepoPath[];
  /** Whether the text of a file says that it is a program, though its mode does not. */
  readonly mayBe?: (path: RepoPath) => boolean;
  /** Files that manifests name, whose text must be read. */
  readonly reads?: (tree: ProgramTree) => readonly RepoPath[];
  readonly find: (tree: ProgramTree) => readonly EntryPoint[];
}

/** What a test file takes from a file of the repository: where that may be, and the names. */
export interface Import {
  readonly from: string;
  readonly places: readonly RepoPath[];
  readonly names: readonly string[];
  /** Where a name would be a file of its own. Absent: nowhere. */
  readonly asFile?: (name: string, place: RepoPath) => readonly RepoPath[];
}

/** A language whose imports say which names they take from where. */
export interface ImportReader {
  readonly files: RegExp;
  readonly read: (path: RepoPath, text: string) => readonly Import[];
  /** In the text of a file that passes on names which do not stand in it. */
  readonly passesOn: RegExp;
}

/** How packages of one repository reach each other without a word in their manifests. */
export interface ReachRules {
  /** What speaks about packages without using them, besides lock files. */
  readonly speaks?: readonly RegExp[];
  /** How code finds the root of a workspace by itself, and then any package. */
  readonly findsRoot?: readonly RegExp[];
  /** Files in which a relative path starts from the file; in others it may also start from the folder in which tests run. */
  readonly fromFile?: RegExp;
  /** Files whose words all stand for themselves, with or without quotes. */
  readonly quoted?: RegExp;
  /** Folders in the root of settings that hold for every package. */
  readonly forAll?: readonly string[];
  /** The text of a file in the root without what lists or builds packages. */
  readonly used?: (path: RepoPath, text: string) => string;
}

/** Scripts of a manifest by name. */
export type Scripts = Readonly<Record<string, string>>;

export interface ScriptCall {
  readonly name: string;
  /** What the manager hands on to the script. */
  readonly args: readonly string[];
}

/** Scripts or command lines that one command starts. */
export interface Several {
  readonly lines: readonly string[];
  /** Started together. */
  readonly parallel: boolean;
}

/** Commands that a manifest names, and what starts them. */
export interface ScriptRules {
  readonly manifest: string;
  readonly scriptsIn: (manifest: string) => Scripts;
  /** The script that an argv runs; null for anything else. */
  readonly call: (argv: readonly string[]) => ScriptCall | null;
  /** Names of scripts that one call means, all at once; null where it is no such call. */
  readonly matchedBy: (argv: readonly string[], call: ScriptCall, scripts: Scripts) => readonly string[] | null;
  /** The words of an installed program that a call would start, where there is no script of its name; null where it would not. */
  readonly programOf: (argv: readonly string[], call: ScriptCall, scripts: Scripts) => readonly string[] | null;
  /** What a program that starts scripts together or one after the other starts; null for any other. */
  readonly several: (argv: readonly string[], scripts: Scripts) => readonly Several[] | null;
  /** How further arguments of an argv reach what it starts: behind `--`, at the end, or not; null where it starts no script. */
  readonly passesOn: (argv: readonly string[]) => 'divided' | 'end' | 'no' | null;
}

/** What omk knows of the files of a project, apart from what judges it: nothing of a verdict depends on it. */
export interface ProjectRules {
  /** Names of files that say that a folder is a project. */
  readonly manifests: readonly RegExp[];
  /** Names of lock files that a package manager makes from the manifests beside and below them. */
  readonly lockFiles: readonly string[];
  /** Why a lock file cannot be made again for a change, by its name. Absent: nothing is known against it. */
  readonly notRemade?: Readonly<Record<string, string>>;
  /** Lists that two sides changed and that can be joined line by line in a way of their own; null where they disagree. */
  readonly joins?: { readonly files: RegExp; readonly join: (ours: string, theirs: string) => string | null };
  /** Programs that start another one, which stands behind their options. */
  readonly wrappers?: readonly string[];
  /** Package managers that start what is installed: behind `exec` and the like. */
  readonly managers?: readonly string[];
  /** What a command of an interpreter comes to: an installed program that is started by its path. The words as they are for any other. */
  readonly installed?: (words: readonly string[]) => readonly string[];
  /** The words behind a script that starts what stands there; empty for any other command. */
  readonly behindScript?: (words: readonly string[]) => readonly string[];
  readonly programs?: ProgramRules;
  /** Absent: its manifests name no commands. */
  readonly scripts?: ScriptRules;
  readonly imports?: ImportReader;
  readonly reach?: ReachRules;
}

/** A path of the repository that a relative one leads to; null where it leads out of it. */
export function resolved(path: RepoPath, from: string): RepoPath | null {
  const parts = path.split('/').slice(0, -1);
  for (const part of from.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return null;
  }
  return parts.join('/');
}
