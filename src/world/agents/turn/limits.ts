/** Milliseconds and bytes of a turn that do not come with the request. */
export interface TurnLimits {
  /** For a program to show that it speaks the protocol. Agents took up to 44 s on a loaded machine. */
  readonly initializeMs: number;
  /**
   * Between asking an agent to cancel and ending it. With the times below and what a busy machine takes it stays
   * below the 5 s that are promised.
   */
  readonly cancelGraceMs: number;
  /** For an agent to leave by itself, and store its session, after its input was closed. */
  readonly leaveGraceMs: number;
  /** For output still in the pipe after the agent's process is gone. */
  readonly drainMs: number;
  /** Of the recorded stream. */
  readonly streamCapBytes: number;
}

export const TURN_LIMITS: TurnLimits = {
  initializeMs: 120_000,
  cancelGraceMs: 1_000,
  leaveGraceMs: 1_500,
  drainMs: 1_000,
  streamCapBytes: 60 * 1024 * 1024,
};
