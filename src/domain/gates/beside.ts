import type { TreeId } from '../ids.ts';
import { BASELINE_ROUNDS, baselineRun } from './baseline.ts';
import type { Measurement } from './evidence.ts';
import type { GateSpec } from './gate.ts';

/** Milliseconds. A run this short costs less than waiting for the verdict that may make it needless. */
export const QUICK_MS = 2_000;

/** Whether the canary run of a tree starts with the run that decides, instead of after it. A pass needs both. */
export function mayRunBeside(
  measurements: readonly Measurement[],
  gate: GateSpec,
  base: TreeId,
  tree: TreeId,
): boolean {
  // What the base showed may stand for the run that decides, and then there is nothing to catch.
  if (gate.inputs) return false;
  if (measurements.some((each) => each.gate === gate.id && each.tree === tree && each.purpose === 'canary'))
    return false;
  const runs = BASELINE_ROUNDS.map((round) => baselineRun(measurements, gate, base, round));
  return runs.every((run) => run?.report.kind === 'tests' && tookMs(run) <= QUICK_MS);
}

/** What the execution took, wherever it was. */
const tookMs = (run: Measurement): number => run.cached?.from.durationMs ?? run.durationMs;
