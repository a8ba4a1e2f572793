import type { ReadFile } from '../../domain/contract/labels/test-case.ts';
import type { HollowFile } from '../../domain/evidence/hollow.ts';
import type { RepoPath } from '../../domain/ids.ts';

export interface SourceFile {
  readonly path: RepoPath;
  readonly text: string;
  /** Tests stand among other code: all that is not in or around tests is not part of `rest`. */
  readonly mixed: boolean;
}

/** A file of a change, and what it was at the base; null: it was not there. */
export interface ChangedSource {
  readonly path: RepoPath;
  readonly text: string;
  readonly base: string | null;
}

/** A file of tests, to be changed so that they must fail. */
export interface ToAlter {
  readonly path: RepoPath;
  readonly text: string;
  /** What other values are made from: not to be known before. */
  readonly salt: string;
  /** All that a test expects is changed, not one of it. */
  readonly all?: boolean;
  /** Ids of tests that are changed first where not all are. */
  readonly first: readonly string[];
}

export type AlteredFile =
  /** `tests`: the names of those that must fail. */
  | { readonly kind: 'altered'; readonly text: string; readonly tests: readonly string[] }
  /** No test says by a value what it expects. */
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'not_read'; readonly why: string };

/** Reads tests out of source text, which it never executes, and which may be written to harm whoever reads it. */
export interface Syntax {
  /** One result for each file, in order; `not_read` where no parser reads it, or it is too large or too costly. */
  read(files: readonly SourceFile[]): Promise<readonly ReadFile[]>;
  /** Empties the functions that a change added or rewrote; one result for each file, in order. */
  hollow(files: readonly ChangedSource[]): Promise<readonly HollowFile[]>;
  /** Gives tests another expectation; one result for each file, in order. */
  alter(files: readonly ToAlter[]): Promise<readonly AlteredFile[]>;
}
