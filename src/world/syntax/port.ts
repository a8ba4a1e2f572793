import type { ReadFile } from '../../domain/contract/labels/test-case.ts';
import type { HollowFile } from '../../domain/own-tests/hollow.ts';
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

/** Reads tests out of source text, which it never executes, and which may be written to harm whoever reads it. */
export interface Syntax {
  /** One result for each file, in order; `not_read` where no parser reads it, or it is too large or too costly. */
  read(files: readonly SourceFile[]): Promise<readonly ReadFile[]>;
  /** Empties the functions that a change added or rewrote; one result for each file, in order. */
  hollow(files: readonly ChangedSource[]): Promise<readonly HollowFile[]>;
}
