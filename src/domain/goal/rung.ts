/** What an attempt does differently where those before it did not get there. */
export type Rung =
  /** A new session from the head, with a summary of what the last one ran into. */
  | 'fresh'
  /** A new session that is asked for the first open point only. */
  | 'smaller'
  /** Another agent. */
  | 'other_agent';

/** How the next attempt begins. */
export interface Next {
  readonly rung?: Rung;
  /** `fallback`: the agent of `--fallback-agent`. Absent: that of the goal. */
  readonly agent?: 'fallback';
}
