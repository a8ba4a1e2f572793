import type { Clock } from '../../clock/port.ts';
import type { Sandboxes } from '../../sandbox/port.ts';
import type { PutBlob } from '../port.ts';
import type { Alters } from './altered.ts';
import type { Checkouts } from './checkouts.ts';
import type { AskTools } from './tools.ts';

/** What every run of a gate uses. */
export interface RunContext {
  readonly stateDir: string;
  readonly blobs: PutBlob;
  readonly sandboxes: Sandboxes;
  /** PATH of gates, without what omk and npm added. */
  readonly path: string;
  /** Values that no output may show: the user's, which an agent was given and may have written anywhere. */
  readonly secrets: readonly string[];
  readonly clock: Clock;
  readonly tools: AskTools;
  readonly checkouts: Checkouts;
  /** Absent: tests are run as they are only. */
  readonly syntax?: Alters;
}

export const randomHex = (clock: Clock, bytes: number): string => Buffer.from(clock.random(bytes)).toString('hex');
