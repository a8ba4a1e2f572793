import type { GateRun } from './assess.ts';
import { BASELINE_ROUNDS } from './baseline.ts';
import type { Measurement } from './evidence.ts';
import { isShort } from './settle-runs.ts';

/** What is still to run of a gate that is run twice on one tree; a run that ended for want of memory is tried again alone. */
export const roundsWanted = (
  run: Omit<GateRun, 'round'>,
  runsOf: (round: number) => readonly Measurement[],
): readonly GateRun[] =>
  BASELINE_ROUNDS.flatMap((round): readonly GateRun[] => {
    const runs = runsOf(round);
    if (runs.length === 0) return [{ ...run, round }];
    return isShort(runs) ? [{ ...run, round, alone: true }] : [];
  });
