import type { OutputLost } from '../../domain/goal/event.ts';
import type { Step } from '../../domain/goal/step.ts';
import type { GoalId } from '../../domain/ids.ts';
import type { Notify } from '../world.ts';

export interface RunRequest {
  readonly goal: GoalId;
  readonly signal: AbortSignal;
  readonly notify: Notify;
  /** Only this part of the work. Absent: all of it. */
  readonly step?: Step;
  /** Tells of streams of the caller that can no longer be written, which the log says; returns the way to stop. */
  readonly onLost?: (
    tell: (lost: { readonly stream: OutputLost['stream']; readonly code: string }) => void,
  ) => () => void;
}
