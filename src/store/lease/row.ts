import type { ProcessId } from './processes.ts';

export interface LeaseRow {
  readonly holder: ProcessId;
  /** Random; whoever does not know it no longer holds the lease. */
  readonly token: string;
  /** Milliseconds since the epoch. */
  readonly since: number;
  readonly renewedAt: number;
}
