import type { Reporting } from './usage-entry.ts';

/** One thing an agent told about what it used, before it is counted. Null: not told. Counts are safe integers. */
export interface UsageReport {
  /** Names the message, so that what is told again is not counted again. */
  readonly message: string;
  /** Whether the name is unique in the agent's session, or only in the turn. */
  readonly scope: 'session' | 'turn';
  readonly reporting: Reporting;
  readonly model: string | null;
  /** Cached included. */
  readonly inputTokens: number | null;
  readonly cachedTokens: number | null;
  /** Reasoning included. */
  readonly outputTokens: number | null;
  /** What this message cost by itself, as the agent says. Absent: it does not say. */
  readonly picoUsd?: bigint;
  /** What the session cost since it began, as the agent says. */
  readonly totalPicoUsd: bigint | null;
  /** The agent tells its cost in another message, so this one adds none. */
  readonly costToldElsewhere: boolean;
}
