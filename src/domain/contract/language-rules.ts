import type { RepoPath } from '../ids.ts';
import type { ManifestContract } from './manifest-contract.ts';

/** How imports of a language look, one in a line. */
export interface ImportRules {
  /** Those with a list of names: the groups `head`, `first`, `names` and `tail`. */
  readonly listed: readonly RegExp[];
  /** Those of one name: the group `names`. */
  readonly single: readonly RegExp[];
  /** Those whose list goes on in the next lines, and the line in which they end. */
  readonly open: readonly { readonly begins: RegExp; readonly ends: RegExp }[];
}

/** How tests begin in a language, what may hold them, and what must not be said twice. */
export interface AdditionRules {
  readonly startsTest: readonly RegExp[];
  /** A line that opens a group of tests: new tests may stand inside. Absent: no line does. */
  readonly holdsTests?: RegExp;
  /** A definition that would take the place of an older one of its name. Absent: none does. */
  readonly defines?: RegExp;
  readonly lineComment: RegExp;
  /** Written with brackets and block comments, not by indentation. */
  readonly brackets: boolean;
  /** Words that open and close where brackets do not. */
  readonly words?: { readonly open: RegExp; readonly close: RegExp };
  readonly imports?: ImportRules;
}

/** How programs of a language are run. */
export interface Runs {
  readonly language: string;
  /** What people call it. */
  readonly names: RegExp;
  readonly ends: string;
  readonly with: string;
  /** A program that does nothing. */
  readonly nothing: string;
  /** What must be installed to run it, where not every version does. */
  readonly needs?: string;
}

export interface Text {
  readonly path: RepoPath;
  readonly text: string;
}

/** How code of a language shows that it compares what others give it, as helpers of tests do, and how others name a file of it. */
export interface ChecksRules {
  readonly uses: (text: string) => boolean;
  /** What stands around the stem of its name, as a pattern. Absent: nothing that belongs to the word. */
  readonly named?: (stem: string) => RegExp;
  /** Whether all that it can do is throw. */
  readonly throwsOnly?: (text: string) => boolean;
  /** What to look for in the base for files that may name one. Absent: the stem of its name. */
  readonly needles?: (path: RepoPath) => readonly string[];
  /** Whether nothing but tests can use a file, by itself or by the files of the base that name it. */
  readonly isForTests?: (file: Text, naming: readonly Text[]) => boolean;
}

/** Packages of one repository that others import by the name in their manifest. */
export interface OwnPackageRules {
  readonly manifest: string;
  /** Empty where it has none. */
  readonly nameIn: (manifest: string) => string;
  readonly imports: (name: string) => RegExp;
  /** Whether a manifest needs a package for more than development. */
  readonly shipsWith: (name: string, manifest: string) => boolean;
}

/** Whether a part of a file only gained whole tests, imports or comments. */
export type IsWholeExtension = (path: RepoPath, base: string, candidate: string) => boolean;

/** How files of one language look to those who read text. */
export interface LanguageRules {
  readonly files: RegExp;
  /** A compiler reads it because a build says so, or it is loaded by its name while it runs. */
  readonly loaded: 'compiled' | 'by_name';
  /** What its files may be to tests: tests, no more than helpers, or neither. */
  readonly inTests: 'tests' | 'helpers' | 'neither';
  /** Lines that only speak, where a language is loaded by name. */
  readonly comments?: RegExp;
  /** How tests are added to a file. Absent: every change of a test is one that a person looks at. */
  readonly additions?: AdditionRules;
  /** How a file of it is run without being built. Absent: it is not. */
  readonly runs?: Runs;
  /**
   * Tests stand among the product in any of its files, and are taken apart in this way. Null: there is no such file on that side.
   * Absent: they have files of their own.
   */
  readonly testsInside?: (
    path: RepoPath,
    sides: { readonly base: string | null; readonly candidate: string | null },
    isWholeExtension: IsWholeExtension,
  ) => ManifestContract;
  /** Builds read it before tests without running it. Absent: what is opened then is what a runner loads. */
  readonly readByBuilds?: true;
  /** Code that checks. Absent: none is known. */
  readonly checks?: ChecksRules;
  readonly packages?: OwnPackageRules;
  /** Names of files, without their endings, that stand for their folder. */
  readonly standForFolder?: readonly string[];
  /** What code calls a file that it loads by itself, by the stem of its name. Absent: by no other name. */
  readonly constantOf?: (stem: string) => string;
  /** What names a file by another thing than its path: a module or a type. `from`: the file in which that would stand. */
  readonly namedAs?: (stem: string, from: RepoPath) => RegExp | null;
  /** Imports of a name by which code would find this file before a library of that name. */
  readonly foundFirstBy?: (path: RepoPath) => RegExp | null;
  /** In a new test file, what takes tests that stand elsewhere over. Absent: nothing does. */
  readonly takesOver?: RegExp;
  /** All files of a folder are one package, which others name by the folder. */
  readonly isByFolder?: true;
  /** Whether the id of a test says that it stands in a file, where that id does not begin with its path. */
  readonly holdsTest?: (id: string, path: RepoPath) => boolean;
}

/** Lines of `#`, and of `//` and block comments. */
export const HASH_COMMENTS = /^[ \t]*#.*$/gm;
export const SLASH_COMMENTS = /^[ \t]*(?:\/\/|\*|\/\*).*$/gm;

/** `module > com.acme.SumsTest$Inner > adds` stands in `…/com/acme/SumsTest.java`: languages in which a class is a file. */
export function isOfClass(id: string, path: RepoPath): boolean {
  const [, type = ''] = /(?:^| > )([\w.$]+) > [^>]*$/.exec(id) ?? [];
  const dotted = path.replace(/\.\w+$/, '').replaceAll('/', '.');
  const outer = type.replace(/\$.*$/, '');
  return outer !== '' && (dotted === outer || dotted.endsWith(`.${outer}`));
}

/** A word of its own, wherever it stands: languages in which files have names of types. */
export const namedWord = (stem: string): RegExp =>
  new RegExp(String.raw`\b${stem.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}\b`);
