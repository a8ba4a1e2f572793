import type { Clock } from '../../clock/port.ts';
import type { Sandboxes } from '../../sandbox/port.ts';
import type { Standing } from '../../../domain/text/standing.ts';
import type { PutBlob } from '../port.ts';
import type { Alters } from './altered.ts';
import type { Checkouts } from './checkouts.ts';
import type { AskTools } from './tools.ts';

/** What every run of a gate uses. */
export interface RunContext {
  readonly stateDir: string;
  /** Of the user. Absent: not known. */
  readonly home?: string;
  readonly blobs: PutBlob;
  readonly sandboxes: Sandboxes;
  /** PATH of gates, without what omk and npm added. */
  readonly path: string;
  /** Values that no output may show: the user's, which an agent was given and may have written anywhere. */
  readonly secrets: readonly string[];
  /** Paths of this machine, and where a sandbox has the same. Absent: none. */
  readonly places?: readonly Standing[];
  readonly clock: Clock;
  readonly tools: AskTools;
  readonly checkouts: Checkouts;
  /** Absent: tests are run as they are only. */
  readonly syntax?: Alters;
}

export const randomHex = (clock: Clock, bytes: number): string => Buffer.from(clock.random(bytes)).toString('hex');
