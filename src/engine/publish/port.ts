import type { LogLine, Store } from '../../store/port.ts';
import type { GoalState } from '../../domain/goal/state.ts';
import type { Vault } from '../../world/git/port.ts';

/** Makes what a person or a stranger reads of a goal from its log. */
export interface ProofPublisher {
  /** The proof bundle, by file name. Signs. */
  build(input: {
    readonly lines: readonly LogLine[];
    readonly state: GoalState;
    readonly store: Store;
    readonly vault: Vault;
  }): Promise<ReadonlyMap<string, Uint8Array>>;
}
