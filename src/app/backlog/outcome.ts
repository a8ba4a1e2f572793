import type { GoalState } from '../../domain/goal/state.ts';
import { EXIT_CODES } from '../../domain/status.ts';
import type { GoalId } from '../../domain/ids.ts';
import { OmkError } from '../../domain/error.ts';
import type { DeliveredRun } from '../../engine/delivery/after-run.ts';
import type { KnownEntry } from './read.ts';

/** What became of one entry of a queue. */
export interface Outcome {
  readonly entry: KnownEntry;
  /** `left`: there is a goal for it that this run did not touch. */
  readonly did: 'worked' | 'left' | 'failed' | 'not_started';
  readonly goal: GoalId | null;
  readonly state: GoalState | null;
  /** Why it was left, not started or stopped. */
  readonly why: string | null;
  /** What could not be done for it: no verdict about its work. */
  readonly error: unknown;
  readonly delivered: DeliveredRun | null;
}

const NOTHING = { goal: null, state: null, why: null, error: null, delivered: null };

export const notStarted = (entry: KnownEntry, why: string): Outcome => ({ ...NOTHING, entry, did: 'not_started', why });

export const failed = (entry: KnownEntry, error: unknown, known: Partial<Outcome> = {}): Outcome => ({
  ...NOTHING,
  ...known,
  entry,
  did: 'failed',
  error,
});

export const left = (entry: KnownEntry, why: string | null, known: Partial<Outcome> = {}): Outcome => ({
  ...NOTHING,
  ...known,
  entry,
  did: 'left',
  why,
});

export const worked = (entry: KnownEntry, goal: GoalId, state: GoalState, delivered: DeliveredRun | null): Outcome => ({
  ...NOTHING,
  entry,
  did: 'worked',
  goal,
  state,
  delivered,
});

/** As `GOAL_BUSY` has: it is not known yet what the other process comes to. */
const BUSY = 2;

/** The exit code that this entry alone would have. */
export function exitOf({ did, error, state }: Outcome): number {
  if (error instanceof OmkError) return error.exit;
  if (error !== null) return 1;
  if (did === 'left' && (state === null || state.status === 'running')) return BUSY;
  return state === null ? 0 : EXIT_CODES[state.status];
}

/** The code of a failure that is not about the work on this entry, or null. */
export function failureCode({ error, state }: Outcome): string | null {
  if (error instanceof OmkError) return error.code;
  if (state?.status !== 'blocked_on_external' && state?.status !== 'failed_infra') return null;
  return state.ended?.failure?.code ?? null;
}
