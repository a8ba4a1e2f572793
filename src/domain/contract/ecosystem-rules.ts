import type { Sign } from '../gates/sign.ts';
import type { LanguageRules } from './language-rules.ts';
import type { ManifestContract } from './manifest-contract.ts';

/** Whether a line of a manifest or lock file names a package that runs tests or makes the assertions, of any ecosystem. */
export type NamesRunner = (line: string) => boolean;

/** A file that says what a project needs, in part its own to change. */
export interface ManifestRule {
  readonly files: RegExp;
  /** A base of null is a file that the candidate adds. */
  readonly contract: (base: string | null, candidate: string, namesRunner: NamesRunner) => ManifestContract;
  /** What it says of the product; the rest is scripts and settings of tools. Absent: all of it is. */
  readonly product?: (text: string) => string;
  /** The candidate's text with what must still lead where it did, as long as that is there; null where all does. */
  readonly keeps?: (base: string, candidate: string, isGone: (path: string) => boolean) => string | null;
  /** Among tests it is one of them; others say there what the imports of tests mean. */
  readonly isTestAmongTests?: true;
}

/** Files that make other things of words which tests use. */
export interface MacroRules {
  readonly files: RegExp;
  /** What gives a word a meaning: the word is its group. */
  readonly defines: RegExp;
  /** Words that are not a project's own to define. */
  readonly ofOthers: RegExp;
  /** Those of them that tests use without naming them. */
  readonly always: RegExp;
}

/** What the contract knows of an ecosystem (trust rule T6). Data: `examples.test.ts` makes its tests from it. */
export interface EcosystemRules {
  readonly languages: readonly LanguageRules[];
  /** What its tools print where something is missing here. Absent: nothing that others do not print. */
  readonly signs?: readonly Sign[];
  /** Readers that tell which files a run of the base loads. Absent: none does, or where not it need not be said. */
  readonly tellsLoads?: { readonly readers: readonly string[]; readonly files: RegExp };
  /** Files beside tests that a runner loads for all of them. Absent: there are none. */
  readonly besideTests?: RegExp;
  /** Names of files that hold tests, and folders for nothing else. */
  readonly tests: readonly RegExp[];
  /** Files that change how tests run. Edits are overlaid by the base's, additions are taken out. Published in docs/gates.md. */
  readonly runnerFiles: readonly RegExp[];
  /** Where packages come from, or what runs while they are installed. A candidate's layer is made with the base's. */
  readonly installSettings: readonly RegExp[];
  readonly manifests: readonly ManifestRule[];
  /** Besides manifests and settings: what is built when it is installed. */
  readonly installedFrom: readonly RegExp[];
  /** What is compiled of the repository itself before its gates run. */
  readonly builtFrom: readonly RegExp[];
  /** Files that hold the product and what judges it, and how they are taken apart. */
  readonly mixed: ManifestRule | null;
  /** Packages that run tests or make the assertions, as alternatives of a pattern: another version of them may say anything. */
  readonly runnerPackages: string;
  /** Libraries that are copied into the tree: under names that nobody gives to anything else, and under those beside the code of others. */
  readonly copied?: { readonly files: RegExp; readonly anywhere: RegExp; readonly beside: RegExp };
  /** Words that a file can give another meaning for all that read it. */
  readonly macros?: MacroRules;
  /**
   * What tools keep for themselves and believe the next time: never part of a candidate (trust rule T8). Only names that stand for
   * nothing else. Published in docs/gates.md.
   */
  readonly toolCaches: readonly RegExp[];
  /** At least one path that each pattern of these kinds is there for, and paths that look alike and are the candidate's own. */
  readonly examples: {
    readonly tests: readonly string[];
    readonly runner: readonly string[];
    readonly cache: readonly string[];
    readonly source: readonly string[];
  };
}

/** A lock file that did not exist pins nothing that a new one could change, and a new module says all of itself. */
export const ifKnown =
  (
    contract: (base: string, candidate: string, namesRunner: NamesRunner) => ManifestContract,
  ): ManifestRule['contract'] =>
  (base, candidate, namesRunner) =>
    base === null ? { kind: 'same' } : contract(base, candidate, namesRunner);
