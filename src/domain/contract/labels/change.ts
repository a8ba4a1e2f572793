import type { RepoPath } from '../../ids.ts';

/** In which way a test asks for less than before. */
export type Weakening =
  | { readonly kind: 'fewer_assertions' | 'guarded_assertion' | 'fewer_cases'; readonly by: number }
  | { readonly kind: 'looser_assertion' | 'lowered_threshold'; readonly from: string; readonly to: string }
  | { readonly kind: 'skipped' | 'only' | 'xfail' };

/** What became of one test. `test` is null where it is about the file as such. A label for a person. */
export type TestChange =
  | { readonly kind: 'added' | 'removed'; readonly path: RepoPath; readonly test: string | null }
  /** `from`: the old name, with its file where that is another one. */
  | { readonly kind: 'renamed'; readonly path: RepoPath; readonly test: string; readonly from: string }
  | {
      readonly kind: 'weakened';
      readonly path: RepoPath;
      readonly test: string;
      readonly from?: string;
      readonly reasons: readonly Weakening[];
    }
  /** `not_read`: no parser could tell; `detail` is a clause that says why. */
  | {
      readonly kind: 'changed';
      readonly path: RepoPath;
      readonly test: string | null;
      readonly why: Why;
      readonly detail?: string;
    };

/** `more_steps`, `more_outside`: the file gained lines, and all that it said before is there in order. */
type Why =
  | 'other_assertions'
  | 'other_steps'
  | 'more_steps'
  | 'unmarked'
  | 'outside_of_tests'
  | 'more_outside'
  | 'layout'
  | 'not_read';

/** The labels of one candidate, as recorded. */
export interface TestChanges {
  readonly changes: readonly TestChange[];
  /** How many more there were. */
  readonly more: number;
}
