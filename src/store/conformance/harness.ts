import type { Liveness } from '../lease/processes.ts';
import type { Store } from '../port.ts';
import type { ManualClock } from '../testing/fixtures.ts';
import type { GoalId, Sha256 } from '../../domain/ids.ts';

/** A store under test, and the ways around it that a test needs. */
export interface StoreHarness {
  readonly store: Store;
  readonly clock: ManualClock;
  /** What the store is told about the holder of any lease. */
  sayHolderIs(state: Liveness): void;
  /** One more handle on the same state, as another process has; closed with the harness. */
  reopen(): Promise<Store>;
  /** Changes what is stored, behind the store's back. */
  readonly tamper: {
    line(goal: GoalId, seq: number, line: string): void;
    /** Replaces a goal's log by these lines, hashes and summary consistent with them. */
    log(goal: GoalId, lines: readonly string[]): void;
    remove(goal: GoalId, seq: number): void;
    blob(sha256: Sha256, content: Uint8Array): void;
  };
  dispose(): Promise<void>;
}
