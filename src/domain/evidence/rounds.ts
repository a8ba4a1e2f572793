import type { GateRun } from './assess.ts';
import { baselineRounds } from '../gates/baseline.ts';
import type { Measurement } from '../gates/evidence.ts';
import type { GateSpec } from '../gates/gate.ts';
import { isShort } from './settle-runs.ts';

/** What is still to run of a gate on a tree as often as on the base; a run that ended for want of memory is tried again alone. */
export const roundsWanted = (
  gate: GateSpec,
  run: Omit<GateRun, 'gate' | 'round'>,
  runsOf: (round: number) => readonly Measurement[],
): readonly GateRun[] =>
  baselineRounds(gate).flatMap((round): readonly GateRun[] => {
    const runs = runsOf(round);
    if (runs.length === 0) return [{ ...run, gate: gate.id, round }];
    return isShort(runs) ? [{ ...run, gate: gate.id, round, alone: true }] : [];
  });
