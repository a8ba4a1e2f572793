import type { Tier } from './tier.ts';

/** Who opened a session: every model call that omk causes belongs to one of these. */
export type SessionType = 'attempt' | 'planner' | 'reviewer';

/** How an agent tells what it used; decides how far a budget can be overshot. */
export type Reporting = 'call' | 'turn' | 'unknown';

/**
 * One delta of usage as the log holds it; counts as decimal text, null where the agent did not say. The key names
 * session and message, so that what is told twice is counted once. All of it is the agent's claim.
 */
export interface UsageEntry {
  readonly key: string;
  readonly sessionType: SessionType;
  /** Of the session: `attempt-1`. */
  readonly name: string;
  readonly attempt: number;
  readonly turn: number;
  readonly reporting: Reporting;
  readonly model: string | null;
  /** Tokens sent, those read from and written to a cache included. */
  readonly inputTokens: string | null;
  readonly cachedTokens: string | null;
  /** Tokens received, reasoning included. */
  readonly outputTokens: string | null;
  /** Estimated; null: unknown. */
  readonly picoUsd: string | null;
  readonly priced: 'agent' | 'prices' | 'config' | null;
  /** What the session cost in all when this was told, where the agent tells such a total. Absent: it does not. */
  readonly totalPicoUsd?: string;
  /** Of the model, when this was recorded. Absent: no model is named, or a log from before tiers. */
  readonly tier?: Tier;
}
