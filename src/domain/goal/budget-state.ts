import type { StoredBudget } from '../budget/figures.ts';
import type { Ledger } from '../budget/ledger.ts';
import type { Checkpoint } from '../budget/moment.ts';

export interface BudgetState {
  readonly stored: StoredBudget;
  readonly ledger: Ledger;
  /** Most seconds since creation that were recorded: a clock that was set back gives none of them back. */
  readonly recordedSecs: bigint;
  readonly checkpoints: readonly Checkpoint[];
}
