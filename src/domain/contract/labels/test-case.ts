import type { RepoPath } from '../../ids.ts';

/** How much an assertion says: that a value is this one, is one of some, is there at all, or nothing. */
export type Strength = 'exact' | 'partial' | 'loose' | 'vacuous';

/** A number in an assertion, and in which direction less is asked: `min` must be reached, `max` must not be passed. */
export interface Bound {
  readonly value: number;
  readonly kind: 'min' | 'max' | 'none';
}

export interface Assertion {
  /** What is called, for people: `toBe`, `assertEqual`, `==`. */
  readonly name: string;
  /** The source, in a form that formatting does not change. */
  readonly text: string;
  /** The same without its numbers, which are the `bounds`. */
  readonly shape: string;
  readonly bounds: readonly Bound[];
  readonly strength: Strength;
  /** How many branches, loops, handlers of errors and early ways out stand between the beginning of the test and it. */
  readonly guards: number;
}

export type Mark = 'skipped' | 'only' | 'xfail';

/** One test as its source declares it. */
export interface TestCase {
  /** Names of its groups and its own, ` > ` between them. */
  readonly id: string;
  /** Its source without its name, in a form that formatting and comments do not change. */
  readonly body: string;
  /** Its own, and those of its groups. */
  readonly marks: readonly Mark[];
  readonly assertions: readonly Assertion[];
  /** How many rows its table has; null without one. */
  readonly cases: number | null;
}

/** What a parser makes of one file. `rest`: all that stands outside of tests. */
export type ReadFile =
  | { readonly kind: 'read'; readonly tests: readonly TestCase[]; readonly rest: string }
  | { readonly kind: 'not_read'; readonly why: string };

/** A test file before and after; null where it does not exist. */
export interface FileSides {
  readonly path: RepoPath;
  readonly base: ReadFile | null;
  readonly candidate: ReadFile | null;
  /** The file only gained whole tests, so what else stands in it says nothing new. */
  readonly extended: boolean;
  /** Every line of the base is there, in order. */
  readonly grown: boolean;
}
