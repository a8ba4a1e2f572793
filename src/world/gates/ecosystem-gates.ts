import type { ReaderName } from '../../domain/gates/gate.ts';
import type { CanaryMaker } from './canary/port.ts';
import type { Detector } from './detect/port.ts';
import type { Planner } from './layers/plan.ts';
import type { Reader } from './readers/port.ts';

/** A runner of tests: how it is made to report, and how a canary for it is written, null where none can be. */
export interface Runner {
  readonly reader: Reader;
  readonly canary: CanaryMaker | null;
}

/** The runners of an ecosystem by the names that gates give them. */
export type Runners = Readonly<Partial<Record<Exclude<ReaderName, 'exit_only'>, Runner>>>;

/** What gates know of an ecosystem besides its runners. */
export interface EcosystemGates {
  /** In the order their gates run. */
  readonly detectors: readonly Detector[];
  /** None: what is installed of it is not known to omk; its gates get what `[worktree] setup` makes. */
  readonly planners: readonly Planner[];
}
