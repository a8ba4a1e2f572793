import { Unplayable } from '../../replay/cassette/unplayable.ts';
import type { Recorded } from './recorded.ts';

export interface RealGates {
  /** Runs a gate as it was run, and says in what it differs from the recorded run; null when in nothing that decides. */
  readonly compare: NonNullable<Recorded['gate']>;
  /** How many were run. */
  readonly ran: () => number;
}

/** What is always possible. */
const RECORDED = '--gates recorded executes the engine alone, on what the gates showed then';

/** Why what a gate shows here says nothing about what it showed then. */
export const notComparable = (why: string): Unplayable => new Unplayable('not_comparable', why, RECORDED);

/** Where no gate can be run: a run that asked for one cannot be compared. */
export const withoutGates = (why: string): RealGates => ({
  ran: () => 0,
  compare: () => Promise.reject(notComparable(why)),
});
