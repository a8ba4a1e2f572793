import type { CanaryMaker } from './canary/port.ts';
import type { Reader } from './readers/port.ts';

/** A runner of tests: how it is made to report, and how a canary for it is written, null where none can be. */
export interface Runner {
  readonly reader: Reader;
  readonly canary: CanaryMaker | null;
}
