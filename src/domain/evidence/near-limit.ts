import type { Evidence } from './evidence.ts';
import { baselineRounds, baselineRun } from '../gates/baseline.ts';
import type { GateSpec } from '../gates/gate.ts';

/** From this part of its limit on, a slower machine or a larger change may not end in time. */
const NEAR = 0.7;

const secs = (ms: number): number => Math.round(ms / 1000);

/** Says that a run of a gate took nearly all its time, or null. */
export const nearLimit = ({ id, timeoutMs }: GateSpec, durationMs: number): string | null =>
  durationMs >= NEAR * timeoutMs
    ? `gate ${id} took ${secs(durationMs)} s of its limit of ${secs(timeoutMs)} s: raise timeout_secs in .omk/gates.toml`
    : null;

/** The same for the slower of the two runs of each gate on the base. */
export const nearLimitsAtBase = ({ policy, measurements, created }: Evidence): readonly string[] =>
  (policy?.gates ?? []).flatMap((gate) => {
    const took = baselineRounds(gate).map((round) => {
      const run = baselineRun(measurements, gate, created?.repository.tree ?? '', round);
      return run?.outcome.kind === 'exited' ? run.durationMs : 0;
    });
    return nearLimit(gate, Math.max(...took)) ?? [];
  });
