import type { ProcessId } from './processes.ts';

export interface LeaseRow {
  /** Null: it was given back. */
  readonly holder: ProcessId | null;
  readonly token: number;
  /** Milliseconds since the epoch. */
  readonly since: number;
  readonly renewedAt: number;
}
